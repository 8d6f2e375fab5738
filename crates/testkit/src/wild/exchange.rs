use federation::act::{
    AcceptContract, AlreadyDone, Arrange, CeilingWarning, Comment, Consent, DeclineContract,
    EndContract, ProposeContract, RefusePartners, Role, StandsFor, Terms, Topic, WishAct, Withdraw,
};
use federation::rows::{Contract, Status, Version};
use federation::{Act, Area, BodyId, Federation, Id, Line};
use measure::{MAGNITUDE_MAX, Quantity, Value};

use super::Idea;
use crate::{Wild, digest, phrases};

impl Wild {
    /// Mostly a quantity within bounds; also nothing, too much, and far too much.
    pub(super) fn amount(&mut self, most: i64) -> Quantity {
        let steps = match self.chance.within(0, 39) {
            0 => 0,
            1 => most.saturating_add(1),
            2 => MAGNITUDE_MAX,
            3 => self.chance.within(1, MAGNITUDE_MAX),
            4..20 => most,
            _ => self.chance.within(1, most.max(1)),
        };
        Quantity::from_steps(steps.min(MAGNITUDE_MAX)).unwrap_or_default()
    }

    /// About so many wholes of a version.
    fn wholes(
        &mut self,
        federation: &Federation,
        version: Id<federation::rows::Version>,
    ) -> Quantity {
        let row =
            federation.version(version).and_then(|v| federation.specification(v.specification));
        let steps = 10_i64.pow(row.map_or(0, |row| u32::from(row.measure.decimals())));
        self.amount(self.chance.clone().within(1, 6) * steps)
    }

    fn stands_for(&mut self) -> StandsFor {
        match self.chance.within(0, 5) {
            0 => StandsFor::Direct,
            1..3 => StandsFor::Rounds,
            _ => StandsFor::Both,
        }
    }

    fn consent(&mut self) -> Consent {
        if self.chance.percent(50) { Consent::Standing } else { Consent::Ask }
    }

    fn every_days(&mut self) -> Option<u16> {
        let days = self.chance.within(0, 400);
        self.chance.percent(20).then(|| u16::try_from(days).unwrap_or(1))
    }

    /// A moment around now, sometimes.
    fn moment(&mut self, federation: &Federation) -> Option<federation::Time> {
        let seconds = self.chance.within(-100_000, 3_000_000);
        self.chance.percent(20).then(|| federation.time().plus_seconds(seconds))
    }

    /// Somewhere in a valley of two villages, or anywhere.
    pub(super) fn area(&mut self) -> Option<Area> {
        let paths = ["valley", "valley/mill", "valley/mill/yard", "valley/bridge", "hill"];
        let path = self.chance.pick(&paths).filter(|_| self.chance.percent(40))?;
        Area::parse(path).ok()
    }

    fn wish(&mut self, federation: &Federation, versions: &[Id<Version>]) -> Option<WishAct> {
        Some(WishAct {
            quantity: self.wholes(federation, *versions.first()?),
            versions: versions.iter().filter_map(|&id| federation.version_ref(id)).collect(),
            value_max: None,
            stands_for: self.stands_for(),
            consent: self.consent(),
            every_days: self.every_days(),
            from: self.moment(federation),
            until: self.moment(federation),
            area: self.area(),
        })
    }

    pub(super) fn offers(&mut self, federation: &Federation) -> Option<Idea> {
        let version = self.version(federation)?;
        let mut offer = self.wish(federation, &[version])?;
        offer.value_max = self.chance.percent(1).then_some(Value::NOUGHT);
        Idea::of(self.unit(federation)?, Act::Offer(offer))
    }

    pub(super) fn needs(&mut self, federation: &Federation) -> Option<Idea> {
        let count = self.chance.within(1, 3);
        let mut versions: Vec<Id<Version>> = Vec::new();
        for _ in 0..count {
            versions.extend(self.version(federation));
        }
        if self.chance.percent(90) {
            versions.sort_unstable();
            versions.dedup();
        }
        let mut need = self.wish(federation, &versions)?;
        let value_max = self.chance.percent(40).then(|| self.chance.within(1, 40_000));
        need.value_max = value_max.and_then(Value::from_seconds);
        Idea::of(self.unit(federation)?, Act::Need(need))
    }

    pub(super) fn withdraws(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = federation.wishes().nth(self.chance.place(federation.wishes().len()))?;
        let unit = if self.chance.percent(80) { row.unit } else { self.unit(federation)? };
        Idea::of(unit, Act::Withdraw(Withdraw { wish: federation.wish_ref(id)? }))
    }

    pub(super) fn refuses_partners(&mut self, federation: &Federation) -> Option<Idea> {
        let unit = self.unit(federation)?;
        let count = if self.chance.percent(5) { 34 } else { self.chance.within(0, 2) };
        let mut partners = Vec::new();
        for _ in 0..count {
            partners.extend(self.other(federation, unit));
        }
        if self.chance.percent(90) {
            partners.sort_unstable();
            partners.dedup();
        }
        let units = partners.into_iter().filter_map(|id| federation.unit_ref(id)).collect();
        Idea::of(unit, Act::RefusePartners(RefusePartners { units }))
    }

    fn role(&mut self) -> Role {
        if self.chance.percent(50) { Role::Giver } else { Role::Receiver }
    }

    fn terms(&mut self) -> Terms {
        if self.chance.percent(10) { Terms::Gift } else { Terms::AtValue }
    }

    fn warning(&mut self) -> CeilingWarning {
        match self.chance.percent(30) {
            true => CeilingWarning::Understood,
            false => CeilingWarning::NotRead,
        }
    }

    pub(super) fn proposes_contract(&mut self, federation: &Federation) -> Option<Idea> {
        let version = self.version(federation)?;
        let hours = self.chance.within(-20, 2000);
        let unit = self.unit(federation)?;
        let propose = ProposeContract {
            role: self.role(),
            with: federation.unit_ref(self.other(federation, unit)?)?,
            version: federation.version_ref(version)?,
            quantity: self.wholes(federation, version),
            terms: self.terms(),
            answer_by: federation.testified().plus_seconds(hours * 3600),
            ceiling: self.warning(),
            note: Line::default(),
        };
        Idea::of(unit, Act::ProposeContract(propose))
    }

    pub(super) fn already_done(&mut self, federation: &Federation) -> Option<Idea> {
        let version = self.version(federation)?;
        let seconds = self.chance.within(-90_000, 5000);
        let unit = self.unit(federation)?;
        let done = AlreadyDone {
            role: self.role(),
            with: federation.unit_ref(self.other(federation, unit)?)?,
            version: federation.version_ref(version)?,
            quantity: self.wholes(federation, version),
            terms: self.terms(),
            ceiling: self.warning(),
            happened: federation.time().plus_seconds(seconds),
            note: Line::default(),
        };
        Idea::of(unit, Act::AlreadyDone(done))
    }

    /// A contract that something can be done about, and one of its sides.
    pub(super) fn contract_that(
        &mut self,
        federation: &Federation,
        fits: impl Fn(&Contract) -> bool,
    ) -> Option<(Id<Contract>, Contract)> {
        let any = self.chance.percent(7);
        let fitting = federation.contracts().filter(|(_, row)| any || fits(row));
        let fitting: Vec<(Id<Contract>, &Contract)> = fitting.collect();
        self.chance.pick(&fitting).map(|(id, row)| (id, row.clone()))
    }

    fn side(&mut self, contract: &Contract) -> Id<federation::rows::Unit> {
        let parties = contract.parties;
        if self.chance.percent(50) { parties.giver } else { parties.receiver }
    }

    pub(super) fn accepts_contract(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contract_that(federation, Contract::is_proposed)?;
        let unit = match &row.status {
            Status::Proposed { giver, .. } if !giver.is_yes() => row.parties.giver,
            _ => row.parties.receiver,
        };
        let unit = if self.chance.percent(15) { self.side(&row) } else { unit };
        let (contract, ceiling) = (federation.contract_ref(id)?, self.warning());
        Idea::of(unit, Act::AcceptContract(AcceptContract { contract, ceiling }))
    }

    pub(super) fn declines_contract(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contract_that(federation, Contract::is_proposed)?;
        let (contract, reason) = (federation.contract_ref(id)?, Line::default());
        Idea::of(self.side(&row), Act::DeclineContract(DeclineContract { contract, reason }))
    }

    pub(super) fn ends_contract(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contract_that(federation, Contract::is_agreed)?;
        let (contract, reason) = (federation.contract_ref(id)?, Line::default());
        Idea::of(self.side(&row), Act::EndContract(EndContract { contract, reason }))
    }

    pub(super) fn arranges(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) =
            self.contract_that(federation, |row| row.is_agreed() || row.is_proposed())?;
        let arranged = row.arrangement.as_ref().filter(|_| self.chance.percent(60));
        let when = arranged.map_or(federation.time().plus_hours(20), |known| known.when);
        let place = arranged.map_or_else(Line::default, |known| known.place.clone());
        let arrange = Arrange { contract: federation.contract_ref(id)?, when, place };
        Idea::of(self.side(&row), Act::Arrange(arrange))
    }

    pub(super) fn comments(&mut self, federation: &Federation) -> Option<Idea> {
        let (id, row) = self.contract_that(federation, |_| true)?;
        let words = BodyId(digest(b'b', self.chance.next()));
        let comment =
            Comment { on: Topic::Contract(federation.contract_ref(id)?), answers: None, words };
        Idea::of(self.side(&row), Act::Comment(comment))
    }

    pub(super) fn backs(&mut self, federation: &Federation) -> Option<Idea> {
        let backer = self.unit(federation)?;
        let backed = self.other(federation, backer)?;
        let free = federation.unit(backer).ok()?.free_base().seconds();
        let seconds = match self.chance.within(0, 19) {
            0 => 0,
            1 => free.saturating_add(1),
            2 => MAGNITUDE_MAX,
            3..8 => self.chance.within(1, free.max(1)),
            _ => self.chance.within(1, free.max(2) / 2),
        };
        let hours = phrases::seconds(seconds.min(MAGNITUDE_MAX));
        let unit = federation.unit_ref(backed)?;
        Idea::of(backer, Act::Back(federation::act::Back { unit, hours }))
    }

    pub(super) fn releases(&mut self, federation: &Federation) -> Option<Idea> {
        let backings: Vec<_> = federation.backings().collect();
        let (backer, backed, backing) = self.chance.pick(&backings)?;
        let most = backing.hours.seconds();
        let seconds = if self.chance.percent(50) { most } else { self.chance.within(0, most + 1) };
        let (unit, hours) = (federation.unit_ref(backed)?, phrases::seconds(seconds));
        let release = federation::act::ReleaseBacking { unit, hours };
        Idea::of(backer, Act::ReleaseBacking(release))
    }
}
