mod commons;
mod failing;
mod hands;
mod resources;

use federation::act::{Found, FoundingMember, FoundingRow, HeldBy, NewKey};
use federation::rows::{Circle, Contract, Delivery, Lot, Round, Thing, Unit, Version};
use federation::{
    Act, Effect, Entry, Federation, FederationId, Id, Line, Outcome, Pact, PersonId, PublicKey,
    Ref, Refusal, Root, Statement, StatementId, Time,
};
use measure::Hours;

use crate::{digest, member, name};

/// A person who can sign, with the key that they sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// With which key.
    pub key: PublicKey,
}

/// A row for the founding list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The row; its members have a device each.
    pub row: FoundingRow,
}

impl Listed {
    /// A unit of one counted member and the usual base, with so many members of its own.
    pub fn new(called: &str, members: u64) -> Self {
        let number = called.bytes().fold(7_u64, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte));
        let founding = |nth| {
            let member = member(number * 1000 + nth);
            let key = Some(NewKey { key: member.key, held_by: HeldBy::Device });
            FoundingMember { person: member.person, key, about: None }
        };
        let row = FoundingRow {
            name: name(called),
            place: Line::default(),
            counted_members: 1,
            base: Pact::BASE_PER_MEMBER,
            opening: Hours::ZERO,
            members: (0..members).map(founding).collect(),
        };
        Self { row }
    }

    /// With another base, in whole hours.
    #[must_use]
    pub fn base(mut self, hours: i32) -> Self {
        self.row.base = Hours::whole(hours);
        self
    }

    /// With an opening entitlement, in whole hours.
    #[must_use]
    pub fn opening(mut self, hours: i32) -> Self {
        self.row.opening = Hours::whole(hours);
        self
    }
}

/// A federation, and the record that made it.
///
/// Nothing is signed: ids, keys and serial numbers are invented, and each entry is dated by
/// `now`, which moves only when told.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// The state.
    pub federation: Federation,
    /// The entries that made it.
    pub entries: Vec<Entry>,
    /// The date that statements and entries get.
    pub now: Time,
    /// How many statements were made, refused ones included.
    pub made: u64,
    /// A rule that should not be there, to see that it is noticed.
    pub also_refuses: Option<Twist>,
}

/// Whether a rule that should not be there refuses the next entry of a state.
pub type Twist = fn(&Federation, &Entry) -> bool;

/// When scenes begin: 2026-05-01 00:00.
const BEGINNING: i64 = 1_777_593_600;

impl Scene {
    /// A record without entries.
    pub fn new() -> Self {
        let now = Time::from_seconds(BEGINNING).unwrap_or_default();
        Self { now, ..Self::default() }
    }

    /// The id that scenes give their federation.
    pub fn federation_id() -> FederationId {
        FederationId(digest(b'f', 0))
    }

    /// A federation of these units, all of which have signed. The first member of the first unit
    /// hosts the record.
    pub fn found(listed: Vec<Listed>) -> Self {
        Self::found_with(Pact::default(), listed)
    }

    /// As [`Scene::found`], under a pact of its own.
    pub fn found_with(pact: Pact, listed: Vec<Listed>) -> Self {
        let mut scene = Self::new();
        scene.record(scene.founder_of(&listed), founding(pact, listed));
        let rows: Vec<Id<Unit>> = scene.federation.units().map(|(id, _)| id).collect();
        for unit in rows.into_iter().skip(1) {
            let signs = crate::phrases::sign_row(scene.unit(unit));
            scene.record(scene.signer(unit), signs);
        }
        scene
    }

    /// The first member of the first row.
    pub fn founder_of(&self, listed: &[Listed]) -> Member {
        let first = listed.iter().flat_map(|listed| &listed.row.members).next();
        let signs = first.and_then(|m| Some(Member { person: m.person, key: m.key?.key }));
        signs.unwrap_or_else(|| member(0))
    }

    /// An entry as somebody would make it now, with the next serial number of their key.
    pub fn entry(&mut self, by: Member, act: Act) -> Entry {
        let highest = self.federation.key(by.key).and_then(|row| row.serials.highest());
        let serial = highest.map_or(1, |highest| highest.saturating_add(1));
        let statement = Statement {
            form: 1,
            federation: Self::federation_id(),
            person: by.person,
            key: by.key,
            serial,
            seen: None,
            time: self.now,
            act,
        };
        self.made += 1;
        Entry {
            id: StatementId(digest(b's', self.made)),
            sequence: self.federation.size(),
            time: self.federation.host_time(self.now, self.now),
            root_before: Some(Root(digest(b'r', self.federation.size()))),
            plan: self.solved(&statement.act),
            statement,
        }
    }

    /// The plan that goes with an act, if it submits one and its round waits for one.
    fn solved(&self, act: &Act) -> Option<circuits::Plan> {
        let Act::Plan(plan) = act else { return None };
        let round = self.federation.find_round(plan.round).ok()?;
        circuits::solve(&self.federation.problem(round).ok()?).ok()
    }

    /// Applies an entry, and records it if no rule says no.
    pub fn apply(&mut self, entry: Entry) -> Result<Outcome, Refusal> {
        if self.also_refuses.is_some_and(|refuses| refuses(&self.federation, &entry)) {
            return Err(Refusal::NoUnit {});
        }
        let outcome = self.federation.apply(&entry)?;
        self.entries.push(entry);
        Ok(outcome)
    }

    /// Somebody does something.
    pub fn try_act(&mut self, by: Member, act: Act) -> Result<Outcome, Refusal> {
        let entry = self.entry(by, act);
        self.apply(entry)
    }

    /// As [`Scene::try_act`]; panics if a rule says no.
    pub fn record(&mut self, by: Member, act: Act) -> Effect {
        let what = act.name();
        let outcome = self.try_act(by, act);
        outcome.unwrap_or_else(|refusal| panic!("{what}: {refusal}")).effect
    }

    /// The unit called so. Panics if there is none.
    pub fn called(&self, called: &str) -> Id<Unit> {
        let found = self.federation.units().find(|(_, unit)| unit.name.as_str() == called);
        found.map_or_else(|| panic!("no unit is called `{called}`"), |(id, _)| id)
    }

    /// How statements name a unit. Panics if there is none.
    pub fn unit(&self, id: Id<Unit>) -> Ref<Unit> {
        self.federation.unit_ref(id).unwrap_or_else(|| panic!("there is no unit {id}"))
    }

    /// Time passes, and all units on the founding list that are in say what time it is.
    pub fn wait_days(&mut self, days: i64) {
        self.wait_seconds(days * 86_400);
    }

    /// As [`Scene::wait_days`].
    pub fn wait_hours(&mut self, hours: i64) {
        self.wait_seconds(hours * 3600);
    }

    fn wait_seconds(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds);
        // What lies far ahead is vouched for month by month.
        loop {
            let before = self.federation.testified();
            self.all_attest();
            let testified = self.federation.testified();
            if testified == before || testified >= self.now {
                return;
            }
        }
    }

    fn all_attest(&mut self) {
        let witnesses = self.federation.units().filter(|(_, unit)| unit.is_enrolled());
        let witnesses: Vec<Id<Unit>> = witnesses.map(|(id, _)| id).collect();
        for unit in witnesses {
            if let Some(signer) = self.signers(unit).first() {
                self.record(*signer, Act::AttestTime {});
            }
        }
    }

    /// A version with a value in minutes, asked by a unit for a specification of its own.
    pub fn valued(&mut self, unit: Id<Unit>, called: &str, value_minutes: i64) -> Ref<Version> {
        let proposed = self.does(unit, crate::phrases::specification(called, "piece", 0));
        let Effect::Specification(id) = proposed else { panic!("{proposed:?}") };
        let first = self.federation.specification(id).ok().and_then(|row| row.versions.first());
        let first = first.and_then(|&id| self.federation.version_ref(id));
        let first = first.unwrap_or_else(|| panic!("a specification has a first version"));
        let asked = self.does(unit, crate::phrases::ask(first, value_minutes));
        let Effect::Version(version) = asked else { panic!("{asked:?}") };
        self.federation.version_ref(version).unwrap_or(first)
    }

    /// A thing that a unit brings into the swap: one of a version.
    pub fn brought(&mut self, unit: Id<Unit>, version: Ref<Version>) -> Ref<Thing> {
        let effect = self.does(unit, crate::phrases::bring(version));
        let Effect::Thing(id) = effect else { panic!("{effect:?}") };
        self.federation.thing_ref(id).unwrap_or_else(|| panic!("there is no thing {id}"))
    }

    /// A circle that a member of a unit forms.
    pub fn circle(&mut self, unit: Id<Unit>, called: &str) -> Ref<Circle> {
        let effect = self.does(unit, crate::phrases::form_circle(called));
        let Effect::Circle(id) = effect else { panic!("{effect:?}") };
        self.federation.circle_ref(id).unwrap_or_else(|| panic!("there is no circle {id}"))
    }

    /// A lot that a unit asks for.
    pub fn lot(&mut self, unit: Id<Unit>, names: &[&str], draw: u16) -> Ref<Lot> {
        let effect = self.does(unit, crate::phrases::open_lot(names, draw));
        let Effect::Lot(id) = effect else { panic!("{effect:?}") };
        self.federation.lot_ref(id).unwrap_or_else(|| panic!("there is no lot {id}"))
    }

    /// A contract that both have agreed to: `giver` proposes and `receiver` says yes.
    pub fn agreed(
        &mut self,
        (giver, receiver): (Id<Unit>, Id<Unit>),
        version: Ref<Version>,
        quantity: i64,
    ) -> Ref<Contract> {
        let act = crate::phrases::give(self.unit(receiver), version, quantity);
        let proposed = self.does(giver, Act::ProposeContract(act));
        let contract = self.contract(&proposed);
        self.does(receiver, crate::phrases::accept(contract));
        contract
    }

    /// A delivery under a contract, handed over by its giver.
    pub fn handed_over(&mut self, contract: Ref<Contract>, quantity: i64) -> Ref<Delivery> {
        let giver = self.row(contract).parties.giver;
        let effect = self.does(giver, crate::phrases::deliver(contract, quantity));
        let Effect::Delivery(id) = effect else { panic!("{effect:?}") };
        self.federation.delivery_ref(id).unwrap_or_else(|| panic!("there is no delivery {id}"))
    }

    /// As [`Scene::handed_over`], and accepted by its receiver.
    pub fn delivered(&mut self, contract: Ref<Contract>, quantity: i64) -> Ref<Delivery> {
        let delivery = self.handed_over(contract, quantity);
        let receiver = self.row(contract).parties.receiver;
        self.does(receiver, crate::phrases::accept_delivery(delivery));
        delivery
    }

    /// Opens the round that is due, waits and closes it.
    pub fn open_and_close_round(&mut self, by: Id<Unit>) -> Ref<Round> {
        let opened = self.does(by, Act::OpenRound {});
        let Effect::Round(id) = opened else { panic!("{opened:?}") };
        let round = self.federation.round_ref(id);
        let round = round.unwrap_or_else(|| panic!("there is no round {id}"));
        let open = self.federation.pact().map_or(0, |pact| pact.round_open_hours);
        self.wait_hours(i64::from(open));
        self.does(by, crate::phrases::close(round));
        round
    }

    /// Has the round solved, and says which contracts its plan proposes.
    pub fn planned(&mut self, by: Id<Unit>, round: Ref<Round>) -> Vec<Ref<Contract>> {
        self.does(by, crate::phrases::plan(round));
        let id = self.federation.find_round(round);
        let row = id.and_then(|id| self.federation.round(id));
        let plan = row.ok().and_then(|row| row.plans.last());
        let contracts = plan.map(|plan| plan.contracts.clone()).unwrap_or_default();
        contracts.into_iter().filter_map(|id| self.federation.contract_ref(id)).collect()
    }

    /// How statements name the contract that an act made. Panics if it made none.
    pub fn contract(&self, effect: &Effect) -> Ref<Contract> {
        let Effect::Contract(id) = effect else { panic!("{effect:?}") };
        self.federation.contract_ref(*id).unwrap_or_else(|| panic!("there is no contract {id}"))
    }

    /// A contract's row. Panics if there is none.
    pub fn row(&self, contract: Ref<Contract>) -> &Contract {
        let id = self.federation.find_contract(contract);
        let row = id.and_then(|id| self.federation.contract(id));
        row.unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    /// A unit's entitlement. Panics if there is no such unit.
    pub fn entitlement(&self, unit: Id<Unit>) -> Hours {
        let row = self.federation.unit(unit);
        row.map_or_else(|refusal| panic!("{refusal}"), |row| row.entitlement)
    }
}

/// The founding act of these rows, under a pact; the first member listed hosts the record.
pub fn founding(pact: Pact, listed: Vec<Listed>) -> Act {
    let rows: Vec<FoundingRow> = listed.into_iter().map(|listed| listed.row).collect();
    let host = rows.iter().flat_map(|row| &row.members).next();
    let host = host.map_or(PersonId([0; 16]), |member| member.person);
    Act::Found(Box::new(Found { name: name("the valley"), pact, rows, host }))
}
