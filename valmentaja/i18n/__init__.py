"""Texts and formats in fi (default), sv and en; one catalogue system for screen and paper."""

from __future__ import annotations

from valmentaja.i18n.catalogue import BESIDE, LANGUAGES, Words, beside, set_language, tr, trn, words

__all__ = ["BESIDE", "LANGUAGES", "Words", "beside", "set_language", "tr", "trn", "words"]
