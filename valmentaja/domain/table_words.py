"""What the tables of a client's file are called on paper and on the screen."""

from __future__ import annotations

from valmentaja.base.errors import N_

TABLES = {
    "client": N_("Client's own facts"),
    "labour_status": N_("Situation on the labour market"),
    "benefit_reading": N_("Benefit days"),
    "service_period": N_("Services"),
    "follow_up": N_("Follow-ups"),
    "meeting": N_("Meetings"),
    "assessment": N_("Assessments"),
    "answer": N_("Answers"),
    "plan": N_("Plans"),
    "plan_field": N_("Texts of plans"),
    "plan_goal": N_("Goals"),
    "plan_step": N_("Steps"),
    "signature": N_("Signatures"),
    "document": N_("Documents"),
    "correction": N_("Corrections"),
    "told_fact": N_("Told by others"),
    "retention_hold": N_("Kept beyond the time"),
    "search_text": N_("Words for searching"),
    "handover": N_("Handovers to another coach"),
}
