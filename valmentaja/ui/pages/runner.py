"""Arviointi: every answer is on the disk before the next question, one key each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from valmentaja.base.canonical import Json
from valmentaja.base.errors import UserError
from valmentaja.domain.assessment import Value
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui import theme
from valmentaja.ui.hub import Hub, perform
from valmentaja.ui.page import Page, Place
from valmentaja.ui.runner.check import CheckCard
from valmentaja.ui.runner.editor import NO_VALUES, AnswerEditor
from valmentaja.ui.runner.old_answers import OldAnswers
from valmentaja.ui.runner.questions import Questions
from valmentaja.ui.runner.raters import RatersPanel
from valmentaja.ui.runner.sections import SectionChoice, SectionList
from valmentaja.ui.speech import announce
from valmentaja.ui.theme import Tone
from valmentaja.ui.widgets.buttons import link, primary, secondary
from valmentaja.ui.widgets.fields import Field
from valmentaja.ui.widgets.flow import Columns, stack
from valmentaja.ui.widgets.progress import Progress
from valmentaja.ui.widgets.rows import wrapping
from valmentaja.ui.widgets.text import Label
from valmentaja.usecases import assessing, looking_over, settings, two_raters, unfinished
from valmentaja.usecases.assessing import DomainProgress, Runner
from valmentaja.usecases.session import Area, Changes, Session


class RunnerPage(Page):
    """Keys: 0–9 and T for ten, N, X and E for no number, arrows to move, Tab to the note."""

    areas = frozenset({Area.ASSESSMENT})

    def __init__(self, session: Session, hub: Hub, place: Place) -> None:
        assessing.opened(session, place.key)
        self.runner: Runner = assessing.runner(session, place.key)
        super().__init__(session, hub, about=self.runner.client_id)
        self.place = place
        self.item = place.part if place.part in self.runner.order else self.runner.resume_at or self.runner.order[-1]
        self._answered, self._rates = "", False
        self.as_list, self.shows_earlier = settings.shows_question_list(session), False
        self.progress = Progress(lambda: tr("Questions answered"))
        self.editor = AnswerEditor(self.runner.instrument)
        self.note = self.editor.note
        self.old = OldAnswers(self, place.key, self.runner.instrument)
        self.questions, self.check = Questions(stack(self.editor, self.old, gap=8)), CheckCard()
        self.raters = RatersPanel(self, place.key)
        self.side, self.choice = SectionList(), SectionChoice()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._lay_out()
        self._keep_place()

    def reload(self) -> None:
        self.runner = assessing.runner(self.session, self.place.key)
        if self._answered:
            self.item, self._answered = self.runner.after(self._answered), ""
        elif self.item not in self.runner.order:
            self.item = self.runner.resume_at or self.runner.order[-1]
        self._show()
        if self.is_checking:
            self.check.show_found(looking_over.look_over(self.session, self.place.key))

    def first_focus(self) -> QWidget:
        return self

    def part(self) -> str:
        return self.item

    def leave(self) -> bool:
        self.note.settle()
        self.raters.settle()
        if self._is_half_corrected():
            return False
        try:
            unfinished.forget(self.session)
        except UserError:
            # Then the card on Tänään offers a way back that nobody needs; nothing else is wrong.
            return True
        return True

    def take_up(self, draft: Mapping[str, Json]) -> None:
        """A half-typed correction stands open again."""
        super().take_up(draft)
        if self.old.reason.text().strip():
            self.old.begin()

    @property
    def is_checking(self) -> bool:
        """Whether the list of what is open stands in place of the question."""
        return not self.check.isHidden()

    def answer(self, value: Value) -> None:
        """Store it, then go on to the next question."""
        if not self._settled():
            return
        if self.item in self.runner.old:
            self._answer_again(value)
            return
        item = self.item

        def act() -> Changes:
            made = assessing.answer(self.session, self.place.key, item, value)
            self._answered = item  # what comes after it is known when a skip rule has been asked
            return made

        if perform(self, self.hub, act) is None:
            return
        if self.item == item:
            self._tell_last()
        else:
            self._show_editor()

    def _answer_again(self, value: Value) -> None:
        """An old answer is confirmed by the same one; another one needs its reason."""
        held = self.runner.values.get(self.item)
        if held is not None and held.value == value:
            self.move_by(1)
        else:
            self.old.begin(value)

    def move_by(self, by: int) -> None:
        """To a neighbour; past the last one the page says how to close."""
        order = self.runner.order
        place = order.index(self.item) + by
        if place >= len(order):
            if self._settled():
                self._tell_last()
        else:
            self.go_to(order[max(place, 0)])

    def go_to(self, item: str) -> None:
        """Another question, once the note of this one is stored."""
        if not self._settled():
            return
        self._rates = self._rates and item in self._part().items
        self.item = item
        self._hide_check()
        self._show()
        self._keep_place()
        self._show_editor()

    def rate(self) -> None:
        """The ratings of this section, by client and coach, below the question."""
        self._rates = True
        self._hide_check()
        self._show()
        if not self.raters.isHidden():
            self.raters.begin()
            QTimer.singleShot(0, self, lambda: self.show_widget(self.raters))

    def rate_section(self, domain: str) -> None:
        self.go_to(next(d.items[-1] for d in self.runner.domains if d.domain.id == domain))
        self.rate()

    def let_go(self) -> None:
        """What a skip rule dropped counts as not asked from now on."""
        perform(self, self.hub, lambda: assessing.let_go(self.session, self.place.key))

    def look_over(self) -> None:
        """What is still open, in place of the question."""
        self._settled()
        self.check.show_found(looking_over.look_over(self.session, self.place.key))
        self.main.hide()
        self.check.show()
        self.check.back.setFocus()
        QTimer.singleShot(0, self, lambda: self.show_widget(self.check.back))

    def switch_list(self) -> None:
        """One question a screen or the section as a list, remembered in the vault."""
        as_list = not self.as_list
        if perform(self, self.hub, lambda: settings.set_question_list(self.session, as_list=as_list)) is not None:
            self.as_list = as_list
            self._hide_check()
            self._show()
            self._show_editor()

    def switch_earlier(self) -> None:
        """Not remembered: what was answered before would lead the answer that is asked for now."""
        self.shows_earlier = not self.shows_earlier
        self._show()

    def close_assessment(self) -> None:
        """End the measurement and show its results."""
        self.note.settle()
        if perform(self, self.hub, lambda: assessing.close(self.session, self.place.key)) is not None:
            self.go.emit(Place(page="client", key=self.runner.client_id, part="assessment"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = None if self.is_checking else self._keys().get(event.key())
        if act is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        else:
            act()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads from the question to its note; everywhere else it does what it does."""
        if forward and self.hasFocus() and not self.is_checking:
            self.note.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the question leads and the sections become a choice."""
        super().resizeEvent(event)
        has_room = self.width() >= theme.px(860)
        self.side.setVisible(has_room)
        self.sections.setVisible(not has_room)

    def _keys(self) -> dict[int, Callable[[], object]]:
        """While an answer is corrected, keys choose the new value and lead nowhere else."""
        key = Qt.Key
        choose = self.old.choose if self.old.is_correcting else self.answer
        acts: dict[int, Callable[[], object]] = {key.Key_0 + n: partial(choose, n) for n in range(10)}
        acts[key.Key_T] = partial(choose, 10)
        for letter, value, _words in NO_VALUES:
            acts[key[f"Key_{letter}"]] = partial(choose, value)
        if self.old.is_correcting:
            return acts
        acts[key.Key_V] = self.rate
        for back in (key.Key_Left, key.Key_Up, key.Key_Backspace):
            acts[back] = partial(self.move_by, -1)
        for on in (key.Key_Right, key.Key_Down, key.Key_Return, key.Key_Enter):
            acts[on] = partial(self.move_by, 1)
        return acts

    def _settled(self) -> bool:
        """False while a text of this question could not be stored: it would end up under another one."""
        self.note.settle()
        return self.raters.settle() and not self.note.is_unstored and not self._is_half_corrected()

    def _is_half_corrected(self) -> bool:
        """Says what is missing, and stays where it is."""
        if self.old.is_half_typed:
            self.show_notice(lambda: tr("Choose the right answer, or leave it as it is."), Tone.WARN)
            self.old.reason.setFocus()
        return self.old.is_half_typed

    def _keep_note(self, text: str) -> None:
        """A note goes with the answer it belongs to."""
        item = self.item
        if perform(self, self.hub, lambda: assessing.keep_note(self.session, self.place.key, item, text)):
            self._keep_place()

    def _keep_place(self) -> None:
        """For a bad end; not being able to keep it is no reason to stop."""
        if self.runner.closed:
            return
        try:
            unfinished.keep(self.session, self.place.key, self.item)
        except UserError as error:
            self.show_error(error)

    def _show(self) -> None:
        part, held = self._part(), self.runner.values.get(self.item)
        self.side.show_parts(self.runner.domains, part.domain.id)
        self.choice.show_parts(self.runner.domains, part.domain.id)
        self.progress.show_part(self.runner.answered, self.runner.total)
        self.subtitle.say(self._about)
        self._announce(part)
        self.questions.show_item(part, self.item, self.runner.values, as_list=self.as_list)
        self.editor.show_answer(held)
        self.editor.note.setReadOnly(self.runner.closed)
        self.old.show_item(self.item, held, is_old=self.item in self.runner.old)
        earlier = self.runner.earlier
        self.editor.show_earlier(earlier.get(self.item), wanted=self.shows_earlier and bool(earlier))
        self.show_earlier.setVisible(bool(earlier))
        self.show_earlier.say(self._earlier_words)
        self.show_earlier.set_picture("eye-off" if self.shows_earlier else "eye")
        self.list_button.say(self._list_words())
        for button in self.while_open:
            button.setHidden(self.runner.closed)
        self._show_raters(part)

    def _announce(self, part: DomainProgress) -> None:
        """The focus stays on the page, so a screen reader is told which question it is on now."""
        words = next(i.text for i in part.domain.items if i.id == self.item).in_(screen_language())
        if self.accessibleName() != f"{self.item}: {words}":
            self.setAccessibleName(f"{self.item}: {words}")
            announce(self, f"{self.item}: {words}")

    def _show_raters(self, part: DomainProgress) -> None:
        """At the end of a section, or when they were asked for; they are read only when they are shown."""
        wanted = part.domain.scored and (self._rates or self.as_list or self.item == part.items[-1])
        self.raters.setVisible(wanted)
        self.raters.setEnabled(not self.runner.closed)
        if wanted:
            found = two_raters.of_runner(self.session, self.runner)
            self.raters.show_part(next(r for r in found if r.domain.id == part.domain.id))

    def _list_words(self) -> Callable[[], str]:
        return (lambda: tr("One at a time")) if self.as_list else (lambda: tr("As a list"))

    def _part(self) -> DomainProgress:
        return next(d for d in self.runner.domains if self.item in d.items)

    def _section(self, domain: str) -> None:
        """The first question of a section that has no answer yet, or its first."""
        items = next(d.items for d in self.runner.domains if d.domain.id == domain)
        self.go_to(next((i for i in items if i not in self.runner.met), items[0]))

    def _show_editor(self) -> None:
        self.setFocus()
        if self.as_list:
            self.show_widget(self.editor)

    def _tell_last(self) -> None:
        self.show_notice(lambda: tr("That was the last question. Look back, or close the assessment."))
        self.close_button.setFocus()

    def _hide_check(self) -> None:
        self.check.hide()
        self.main.show()

    def _end_correction(self) -> None:
        """A value that was pressed but not stored is not shown as the answer."""
        self.editor.show_answer(self.runner.values.get(self.item))
        self.editor.show()
        self.setFocus()

    def _leave_check(self) -> None:
        self._hide_check()
        self._show_editor()

    def _connect(self) -> None:
        self.editor.chosen.connect(self.answer)
        self.note.settled.connect(self._keep_note)
        self.questions.wanted.connect(self.go_to)
        self.old.began.connect(self.editor.hide)
        self.old.ended.connect(self._end_correction)
        self.check.wanted.connect(self.go_to)
        self.check.left.connect(self._leave_check)
        self.check.rating_wanted.connect(self.rate_section)
        self.check.let_go.connect(self.let_go)
        self.side.wanted.connect(self._section)
        self.choice.chosen.connect(self._section)

    def _lay_out(self) -> None:
        self.say_title(lambda: tr("Assessment"), self._about)
        back = Place(page="client", key=self.runner.client_id)
        self.check_button = secondary(lambda: tr("Check"), "circle-question-mark", act=self.look_over)
        pause = secondary(lambda: tr("Continue another time"), "pause", act=lambda: self.go.emit(back))
        view = secondary(lambda: tr("Client view (F8)"), "monitor", act=lambda: self.hub.client_view.emit(self.place))
        self.close_button = secondary(lambda: tr("Close the assessment"), "flag", act=self.close_assessment)
        self.while_open = (self.check_button, view, self.close_button)
        for button in (self.check_button, pause, view, self.close_button):
            self.add_action(button)
        self.sections = Field(lambda: tr("Section"), self.choice)
        self.main = stack(self._question(), self.raters)
        columns = Columns(least=860)
        columns.add(self.side, 1)
        columns.add(self.main, 2)
        columns.add(self.check, 2)
        self.check.hide()
        for widget in (self.progress, self.sections, columns):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def _about(self) -> str:
        shown = self.runner
        done = tr("{answered} of {total} questions answered", answered=shown.answered, total=shown.total)
        if shown.closed:
            return f"{shown.client_name} · {tr('closed: an answer is corrected with a reason')}"
        if shown.meeting_number:
            return f"{tr('{name} · meeting {n}', name=shown.client_name, n=shown.meeting_number)} · {done}"
        return f"{shown.client_name} · {done}"

    def _question(self) -> Questions:
        previous = secondary(lambda: tr("Previous"), "chevron-left", act=lambda: self.move_by(-1))
        following = primary(lambda: tr("Next"), "chevron-right", act=lambda: self.move_by(1))
        self.list_button = link(self._list_words(), "list-checks", act=self.switch_list)
        self.show_earlier = link(self._earlier_words, "eye", act=self.switch_earlier)
        self.questions.add(wrapping(previous, following, self.list_button, self.show_earlier))
        self.questions.add(Label(lambda: tr("Keys: 0–9, T = 10, N, X, E, arrows. V rates the section."), "small"))
        return self.questions

    def _earlier_words(self) -> str:
        on = self.runner.earlier_on
        when = "" if on is None else day(on, screen_language())
        return (
            tr("Hide the answer of {day}", day=when) if self.shows_earlier else tr("Show the answer of {day}", day=when)
        )
