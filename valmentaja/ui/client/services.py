"""Palvelut: service periods, labour-market status and benefit days, which the month's figures are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit

from valmentaja.definitions.services import services
from valmentaja.domain.client import BenefitReading, ServicePeriod, StatusChange
from valmentaja.domain.codes import BenefitSource, EmployerSector, LabourStatus
from valmentaja.i18n import tr
from valmentaja.i18n.catalogue import screen_language
from valmentaja.i18n.formats import day
from valmentaja.ui.client.told import ToldCard
from valmentaja.ui.page import Page
from valmentaja.ui.speech import said
from valmentaja.ui.tab import Tab
from valmentaja.ui.widgets.buttons import Button, secondary
from valmentaja.ui.widgets.card import Card
from valmentaja.ui.widgets.fields import Combo, DateEdit, Field
from valmentaja.ui.widgets.flow import Columns
from valmentaja.ui.widgets.rows import Row, Rows
from valmentaja.ui.words import SECTORS, SOURCES, STATUSES, spoken
from valmentaja.usecases import caseload, overview


class ServicesTab(Tab):
    def __init__(self, page: Page) -> None:
        super().__init__(page)
        year = self.session.today().year
        self.service = Combo([(code, spoken(service.name)) for code, service in services().items()])
        self.start, self.provider, self.sector = DateEdit(year=year), QLineEdit(), Combo(SECTORS)
        self.status, self.status_day = Combo(STATUSES), DateEdit(year=year)
        self.days, self.days_day, self.source = QLineEdit(), DateEdit(year=year), Combo(SOURCES)
        self.told = ToldCard(self)
        self.service_rows, self.status_rows, self.reading_rows = Rows(), Rows(), Rows()
        self._lay_out()

    def reload(self) -> None:
        shown = overview.overview(self.session, self.client)
        language = screen_language()
        names = dict(STATUSES)
        self.service_rows.show_rows([self._service(p) for p in reversed(shown.services)])
        self.status_rows.show_rows(
            [Row(said(names[s.status]), tr("from {day}", day=day(s.date, language))) for s in reversed(shown.statuses)]
        )
        self.reading_rows.show_rows([Row(str(r.days), day(r.date, language)) for r in reversed(shown.readings)])
        self.told.reload()

    def _service(self, period: ServicePeriod) -> Row:
        language = screen_language()
        name = services()[period.service].name.in_(language)
        when = f"{day(period.start, language)} – {day(period.end, language)} {period.provider}"
        aside: list[Button] = []
        if period.end is None:
            ended = replace(period, end=self.session.today())
            aside.append(secondary(lambda: tr("Ended today"), act=lambda: self._keep(ended)))
        return Row(name, when, aside=aside)

    def _keep(self, period: ServicePeriod) -> None:
        self.do(lambda: caseload.keep_service(self.session, period))

    def _add_service(self) -> None:
        self.do(lambda: caseload.keep_service(self.session, self._service_typed()))

    def _service_typed(self) -> ServicePeriod:
        sector = self.sector.value()
        return ServicePeriod(
            client=self.client,
            service=self.service.value(),
            start=self._day(self.start),
            sector=EmployerSector(sector) if sector else None,
            provider=self.provider.text().strip(),
        )

    def _add_status(self) -> None:
        self.do(lambda: caseload.add_status(self.session, self._status_typed()))

    def _status_typed(self) -> StatusChange:
        status = LabourStatus(self.status.value())
        return StatusChange(client=self.client, date=self._day(self.status_day), status=status)

    def _add_reading(self) -> None:
        self.do(lambda: caseload.add_reading(self.session, self._reading_typed()))

    def _reading_typed(self) -> BenefitReading:
        text = self.days.text().strip()
        return BenefitReading(
            client=self.client,
            date=self._day(self.days_day),
            days=int(text) if text.isdecimal() else -1,
            source=BenefitSource(self.source.value()),
        )

    def _day(self, edit: DateEdit) -> date:
        return edit.read() or self.session.today()

    def _lay_out(self) -> None:
        served = Card(lambda: tr("Services"))
        fields = (
            Field(lambda: tr("Service"), self.service),
            Field(lambda: tr("Service from"), self.start, hint=lambda: tr("Empty = today")),
            Field(lambda: tr("Provider"), self.provider),
            Field(lambda: tr("Employer's sector"), self.sector),
        )
        self._fill(
            served, self.service_rows, fields, secondary(lambda: tr("Add the service"), "plus", act=self._add_service)
        )
        status = Card(lambda: tr("Situation"))
        where = (Field(lambda: tr("Situation"), self.status), Field(lambda: tr("Situation from"), self.status_day))
        self._fill(
            status, self.status_rows, where, secondary(lambda: tr("Add the situation"), "plus", act=self._add_status)
        )
        readings = Card(lambda: tr("Benefit days"))
        told = (
            Field(lambda: tr("Days so far"), self.days),
            Field(lambda: tr("As at"), self.days_day, hint=lambda: tr("Empty = today")),
            Field(lambda: tr("Told by"), self.source),
        )
        self._fill(
            readings, self.reading_rows, told, secondary(lambda: tr("Add the reading"), "plus", act=self._add_reading)
        )
        for card in (served, status, readings, self.told):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _fill(self, card: Card, rows: Rows, fields: tuple[Field, ...], button: Button) -> None:
        row = Columns(least=640)
        for field in fields:
            row.add(field)
        for widget in (rows, row, button):
            card.add(widget)
