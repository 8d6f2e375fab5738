use federation::act::{
    ClaimResource, DeclareMakeup, Dispute, Disputed, Makeup, Objection, Register, Release,
    ReportUse, Settle, Turn, Turns, WeighOptions, WriteOption,
};
use federation::rows::{Conflict, Progress, Resource, Stage, Unit};
use federation::{Act, Federation, Id, Line, PersonId, Prose};
use measure::Hours;

use super::Idea;
use crate::{Wild, phrases};

impl Wild {
    pub(super) fn registers(&mut self, federation: &Federation) -> Option<Idea> {
        if federation.resources().len() > 1 && self.chance.percent(85) {
            return self.claims(federation);
        }
        let (name, place, about) = (crate::name("mill"), Line::default(), Prose::default());
        Idea::of(self.unit(federation)?, Act::Register(Register { name, place, about }))
    }

    fn resource(&mut self, federation: &Federation) -> Option<Id<Resource>> {
        let all: Vec<Id<Resource>> = federation.resources().map(|(id, _)| id).collect();
        self.chance.pick(&all)
    }

    pub(super) fn claims(&mut self, federation: &Federation) -> Option<Idea> {
        let resource = federation.resource_ref(self.resource(federation)?)?;
        let unit = self.unit(federation)?;
        let members = federation.unit(unit).ok()?.members.iter();
        let members: Vec<PersonId> =
            members.filter_map(|&id| Some(federation.person(id).ok()?.id)).collect();
        let mut workers: Vec<PersonId> = self.chance.pick(&members).into_iter().collect();
        if self.chance.percent(4) {
            workers.extend(workers.clone());
        }
        let day = |days: i64| federation.time().plus_seconds(days * 86_400);
        let (from, lasts) = (self.chance.within(-3, 20), self.chance.within(-1, 500));
        let claim = ClaimResource {
            resource,
            purpose: Line::default(),
            hours: Hours::from_seconds(self.chance.within(0, 400) * 360)?,
            from: day(from),
            until: day(from + if lasts > 380 { 200 } else { lasts }),
            workers,
            dependents: self
                .unit(federation)
                .and_then(|u| federation.unit_ref(u))
                .into_iter()
                .collect(),
        };
        Idea::of(unit, Act::Claim(claim))
    }

    pub(super) fn releases_claim(&mut self, federation: &Federation) -> Option<Idea> {
        let any = self.chance.percent(5);
        let claims = federation.claims().filter(|(_, row)| any || row.released.is_none());
        let claims: Vec<_> = claims.map(|(id, row)| (id, row.unit)).collect();
        let (id, unit) = self.chance.pick(&claims)?;
        let unit = if self.chance.percent(5) { self.unit(federation)? } else { unit };
        Idea::of(unit, Act::Release(Release { claim: federation.claim_ref(id)? }))
    }

    pub(super) fn reports_use(&mut self, federation: &Federation) -> Option<Idea> {
        let resource = federation.resource_ref(self.resource(federation)?)?;
        let hours = Hours::from_seconds(self.chance.within(0, 20) * 1800)?;
        let until = federation.time().plus_seconds(self.chance.within(-100_000, 5_000));
        let from = until.plus_seconds(-self.chance.within(18_000, 90_000));
        let made = self.version(federation).and_then(|id| federation.version_ref(id));
        let made = made.into_iter().collect();
        let note = Line::default();
        let report = ReportUse { resource, hours, from, until, made, note };
        Idea::of(self.unit(federation)?, Act::ReportUse(report))
    }

    pub(super) fn declares_makeup(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.unit(federation)?;
        let now = federation.unit(unit).ok()?.makeup;
        // Few are made of units, and they come back.
        let makeup = match now {
            Makeup::Workers if self.chance.percent(60) => return None,
            Makeup::Workers => Makeup::Units,
            Makeup::Units => Makeup::Workers,
        };
        Idea::of(unit, Act::DeclareMakeup(DeclareMakeup { makeup }))
    }

    fn conflict_at(
        &mut self,
        federation: &Federation,
        fits: impl Fn(&Conflict) -> bool,
    ) -> Option<(Id<Conflict>, Conflict)> {
        let any = self.chance.percent(3);
        let fitting = federation.conflicts().filter(|(_, row)| any || fits(row));
        let fitting: Vec<_> = fitting.collect();
        self.chance.pick(&fitting).map(|(id, row)| (id, row.clone()))
    }

    fn party(&mut self, federation: &Federation, row: &Conflict) -> Option<Id<Unit>> {
        let parties: Vec<Id<Unit>> = row.parties.iter().copied().collect();
        let any = self.unit(federation);
        self.chance.pick(&parties).filter(|_| self.chance.percent(96)).or(any)
    }

    fn turns(&mut self, federation: &Federation, row: &Conflict) -> Option<Turns> {
        if self.chance.percent(60) {
            return None;
        }
        let days = if self.chance.percent(5) { 0 } else { 7 };
        let units = row.parties.iter().filter_map(|&unit| federation.unit_ref(unit));
        let slots = units.zip(0..).map(|(unit, at)| Turn { unit, from_hour: at * 24, hours: 24 });
        Some(Turns { every_days: days, slots: slots.take(7).collect() })
    }

    pub(super) fn settles(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.conflict_at(federation, Conflict::is_open)?;
        let conflict = federation.conflict_ref(id)?;
        let signed = row.texts.last().filter(|_| self.chance.percent(90));
        let (text, turns, unit) = if let Some((agreed, by)) = signed {
            let others: Vec<_> = row.parties.difference(by).copied().collect();
            (agreed.text.clone(), agreed.turns.clone(), self.chance.pick(&others)?)
        } else {
            let text = if self.chance.percent(5) { "" } else { "each has it when it can" };
            let turns = self.turns(federation, &row);
            (Prose::parse(text).unwrap_or_default(), turns, self.party(federation, &row)?)
        };
        Idea::of(unit, Act::Settle(Settle { conflict, text, turns }))
    }

    pub(super) fn writes_option(&mut self, federation: &Federation) -> Option<Idea> {
        let mediated = |row: &Conflict| matches!(row.stage, Stage::Mediation { .. });
        let (id, row) = self.conflict_at(federation, mediated)?;
        let units: Vec<Id<Unit>> = row.mediators.iter().map(|mediator| mediator.unit).collect();
        let conflict = federation.conflict_ref(id)?;
        let text = if self.chance.percent(5) { "" } else { "one has the morning" };
        let turns = self.turns(federation, &row);
        let option = WriteOption { conflict, text: Prose::parse(text).unwrap_or_default(), turns };
        Idea::of(self.chance.pick(&units)?, Act::WriteOption(option))
    }

    /// What a conflict waits for: options, and what members say to them.
    pub(super) fn next_of_a_conflict(&mut self, federation: &Federation) -> Option<Idea> {
        let weighed = |row: &Conflict| matches!(row.stage, Stage::Weighing { .. });
        let waits = federation.conflicts().any(|(_, row)| weighed(row));
        match waits {
            true => self.weighs(federation),
            false => self.writes_option(federation),
        }
    }

    pub(super) fn weighs(&mut self, federation: &Federation) -> Option<Idea> {
        let weighed = |row: &Conflict| matches!(row.stage, Stage::Weighing { .. });
        let (id, row) = self.conflict_at(federation, weighed)?;
        let conflict = federation.conflict_ref(id)?;
        let most = u8::try_from(row.options.len()).unwrap_or(u8::MAX);
        let mut option = || match self.chance.within(0, 30) {
            0 => 0,
            1 => most.saturating_add(1),
            2..20 => 1,
            _ => u8::try_from(self.chance.within(1, i64::from(most))).unwrap_or(1),
        };
        let supports = vec![option(), option()];
        let against = option();
        let objects = match self.chance.within(0, 9) {
            0 => vec![Objection { option: against, reason: Line::default() }],
            1..3 => vec![Objection { option: against, reason: phrases::line("too far away") }],
            _ => Vec::new(),
        };
        let unit = self.party(federation, &row)?;
        Idea::of(unit, Act::WeighOptions(WeighOptions { conflict, supports, objects }))
    }

    pub(super) fn disputes(&mut self, federation: &Federation) -> Option<Idea> {
        let rejected = |progress: &Progress| matches!(progress, Progress::Rejected { .. });
        let any = self.chance.percent(5);
        let mut about: Vec<(Id<Unit>, Disputed)> = Vec::new();
        for (id, row) in federation.deliveries().filter(|(_, row)| any || rejected(&row.progress)) {
            let giver = federation.contract(row.contract).ok()?.parties.giver;
            let delivery = federation.delivery_ref(id)?;
            about.push((giver, Disputed::Delivery { delivery }));
        }
        for (id, row) in federation.contributions().filter(|(_, row)| rejected(&row.progress)) {
            let contribution = federation.contribution_ref(id)?;
            about.push((row.giver, Disputed::Contribution { contribution }));
        }
        for (id, row) in federation.conflicts().filter(|(_, row)| row.settlement.is_some()) {
            let unit = row.parties.first().copied()?;
            about.push((unit, Disputed::Settlement { conflict: federation.conflict_ref(id)? }));
        }
        // Few of them, so that they do not crowd out the rest.
        let newest = if self.chance.percent(25) { 2 } else { 0 };
        for (id, row) in federation.mandates().rev().take(newest) {
            let others = federation.units().filter(|&(unit, _)| any || unit != row.unit);
            let others: Vec<Id<Unit>> = others.map(|(unit, _)| unit).collect();
            let mandate = federation.mandate_ref(id)?;
            about.extend(
                self.chance.pick(&others).map(|unit| (unit, Disputed::Mandate { mandate })),
            );
        }
        let (unit, about) = self.chance.pick(&about)?;
        let why = if self.chance.percent(5) { "" } else { "it was as agreed" };
        let why = Prose::parse(why).unwrap_or_default();
        Idea::of(unit, Act::Dispute(Dispute { about, why }))
    }
}
