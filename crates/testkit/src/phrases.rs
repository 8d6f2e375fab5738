//! The usual acts in few words, with everything left out that can be.

mod commons;
mod resources;

pub use commons::{
    accept_contribution, contribute, correct_contribution, open_common, receipt_contribution,
    reject_contribution, subscribe, subscribe_every, unsubscribe,
};

pub use resources::{
    claim, dispute, made_of_units, prose, register, release_claim, report_use, settle,
    settle_by_week, weigh, write_option,
};

use federation::act::{
    AcceptContract, AcceptDelivery, AdmitMember, AgreeValue, AlreadyDone, AskValue, Back,
    CeilingWarning, CloseRound, Consent, Correct, DeclineContract, Deliver, EndContract, HeldBy,
    NameHelpers, Nature, NewKey, PlanAct, ProposeContract, ProposeSpecification, Receipt,
    RecoverKey, RejectDelivery, ReleaseBacking, Role, SetSigning, SignPact, Signing, StandsFor,
    Terms, VetoRecovery, WishAct,
};
use federation::rows::{
    Circle, Contract, Delivery, Lot, Round, Specification, Thing, Unit, Version,
};
use federation::{
    Act, AnnexId, BodyId, Essential, Line, LotNumber, PersonId, Prose, PublicKey, Ref, Time,
};
use measure::{Hours, Measure, Quantity, Value};

/// A line. Panics if the text is none.
pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap_or_else(|refused| panic!("`{text}` is no line: {refused}"))
}

/// So many steps. Panics below nought.
pub fn steps(count: i64) -> Quantity {
    Quantity::from_steps(count).unwrap_or_else(|| panic!("{count} is no quantity"))
}

/// A value of so many minutes. Panics below nought.
pub fn minutes(count: i64) -> Value {
    Value::from_seconds(count * 60).unwrap_or_else(|| panic!("{count} is no value"))
}

/// So many seconds. Panics beyond the range.
pub fn seconds(count: i64) -> Hours {
    Hours::from_seconds(count).unwrap_or_else(|| panic!("{count} are no hours"))
}

/// A specification of one clause.
pub fn specification(called: &str, measure: &str, decimals: u8) -> Act {
    Act::ProposeSpecification(ProposeSpecification {
        name: crate::name(called),
        nature: Nature::Good,
        measure: Measure::try_new(measure, decimals)
            .unwrap_or_else(|refused| panic!("`{measure}` is no measure: {refused}")),
        clauses: vec![line("as good as yesterday's")],
        about: Prose::default(),
    })
}

/// So much of something for each counted member, counted in pieces.
pub fn essential(called: &str, per_member: i64) -> Essential {
    let Act::ProposeSpecification(specification) = specification(called, "piece", 0) else {
        panic!("`{called}` is written down by another act")
    };
    Essential { specification, per_member: steps(per_member) }
}

/// Asks a value in minutes.
pub fn ask(version: Ref<Version>, value_minutes: i64) -> Act {
    Act::AskValue(AskValue { version, value: minutes(value_minutes), reasons: Prose::default() })
}

/// Signs a value in minutes.
pub fn agree(version: Ref<Version>, value_minutes: i64) -> Act {
    Act::AgreeValue(AgreeValue { version, value: minutes(value_minutes) })
}

/// An offer or a need, for rounds and direct contracts; each match is asked.
pub fn wish(version: Ref<Version>, quantity: i64) -> WishAct {
    WishAct {
        versions: vec![version],
        quantity: steps(quantity),
        value_max: None,
        stands_for: StandsFor::Both,
        consent: Consent::Ask,
        every_days: None,
        from: None,
        until: None,
        area: None,
    }
}

/// A contract in which the signer's unit gives; it may be answered until the end of time.
pub fn give(with: Ref<Unit>, version: Ref<Version>, quantity: i64) -> ProposeContract {
    ProposeContract {
        role: Role::Giver,
        with,
        version,
        quantity: steps(quantity),
        terms: Terms::AtValue,
        answer_by: Time::from_seconds(measure::MAGNITUDE_MAX).unwrap_or_default(),
        ceiling: CeilingWarning::NotRead,
        note: Line::default(),
    }
}

/// As [`give`], for the side that receives.
pub fn take(with: Ref<Unit>, version: Ref<Version>, quantity: i64) -> ProposeContract {
    ProposeContract { role: Role::Receiver, ..give(with, version, quantity) }
}

/// Something that the signer's unit has given.
pub fn given(with: Ref<Unit>, version: Ref<Version>, quantity: i64, happened: Time) -> AlreadyDone {
    AlreadyDone {
        role: Role::Giver,
        with,
        version,
        quantity: steps(quantity),
        terms: Terms::AtValue,
        ceiling: CeilingWarning::NotRead,
        happened,
        note: Line::default(),
    }
}

/// Says yes.
pub fn accept(contract: Ref<Contract>) -> Act {
    Act::AcceptContract(AcceptContract { contract, ceiling: CeilingWarning::NotRead })
}

/// Says no.
pub fn decline(contract: Ref<Contract>) -> Act {
    Act::DeclineContract(DeclineContract { contract, reason: Line::default() })
}

/// Ends a contract.
pub fn end(contract: Ref<Contract>) -> Act {
    Act::EndContract(EndContract { contract, reason: Line::default() })
}

/// Hands over.
pub fn deliver(contract: Ref<Contract>, quantity: i64) -> Act {
    Act::Deliver(Deliver { contract, quantity: steps(quantity), note: Line::default() })
}

/// Signs for it.
pub fn receipt(delivery: Ref<Delivery>) -> Act {
    Act::Receipt(Receipt { delivery })
}

/// Accepts it, or enters it as accepted.
pub fn accept_delivery(delivery: Ref<Delivery>) -> Act {
    Act::AcceptDelivery(AcceptDelivery { delivery })
}

/// Rejects it by its so-many-th clause.
pub fn reject(delivery: Ref<Delivery>, clause: u16) -> Act {
    Act::RejectDelivery(RejectDelivery { delivery, clause, reason: Prose::default() })
}

/// Corrects it to so much.
pub fn correct(delivery: Ref<Delivery>, quantity: i64) -> Act {
    Act::Correct(Correct { delivery, quantity: steps(quantity), reason: Line::default() })
}

/// Lends so many hours of room.
pub fn back(unit: Ref<Unit>, hours: i32) -> Act {
    Act::Back(Back { unit, hours: Hours::whole(hours) })
}

/// Asks back so many hours of room.
pub fn release(unit: Ref<Unit>, hours: i32) -> Act {
    Act::ReleaseBacking(ReleaseBacking { unit, hours: Hours::whole(hours) })
}

/// Closes what a round waits for.
pub fn close(round: Ref<Round>) -> Act {
    Act::CloseRound(CloseRound { round })
}

/// Submits a plan.
pub fn plan(round: Ref<Round>) -> Act {
    Act::Plan(PlanAct { round, annex: AnnexId(crate::digest(b'x', 0)) })
}

/// Takes a person in who has a device.
pub fn admit(person: PersonId, key: PublicKey) -> Act {
    let key = Some(NewKey { key, held_by: HeldBy::Device });
    Act::AdmitMember(AdmitMember { person, key, about: None })
}

/// Takes a person in who has no device, or whom the record knows.
pub fn admit_without_key(person: PersonId) -> Act {
    Act::AdmitMember(AdmitMember { person, key: None, about: None })
}

/// Signs a row of the founding list.
pub fn sign_row(unit: Ref<Unit>) -> Act {
    Act::SignPact(SignPact::Founding { unit })
}

/// Joins as a person and a unit that nobody knows.
pub fn join(called: &str) -> Act {
    let (name, place) = (crate::name(called), Line::default());
    Act::SignPact(SignPact::Newcomer { name, place, held_by: HeldBy::Device, about: None })
}

/// Joins with a new unit, as a person whom the record knows.
pub fn new_unit(called: &str) -> Act {
    Act::SignPact(SignPact::NewUnit { name: crate::name(called), place: Line::default() })
}

/// Takes up the row of a unit that left.
pub fn come_back(unit: Ref<Unit>) -> Act {
    Act::SignPact(SignPact::Return { unit })
}

/// Sets a rule of signing.
pub fn signing(matter: federation::act::Matter, signing: Signing) -> Act {
    Act::SetSigning(SetSigning { matter, signing })
}

/// Retires a specification.
pub fn retire(specification: Ref<Specification>) -> Act {
    Act::RetireSpecification(federation::act::RetireSpecification { specification })
}

/// Brings one of a version into the swap.
pub fn bring(version: Ref<Version>) -> Act {
    let what = Line::default();
    Act::BringThing(federation::act::BringThing { version, quantity: steps(1), what })
}

/// Says what a unit would take for a thing, best first.
pub fn would_take(thing: Ref<Thing>, instead: &[Ref<Thing>]) -> Act {
    Act::WouldTake(federation::act::WouldTake { thing, instead: instead.to_vec() })
}

/// Takes a thing out of the swap.
pub fn withdraw_thing(thing: Ref<Thing>) -> Act {
    Act::WithdrawThing(federation::act::WithdrawThing { thing })
}

/// A unit says what it does.
pub fn describe(what: &str) -> Act {
    let description = federation::Prose::parse(what).unwrap_or_default();
    let place = federation::Line::default();
    Act::DescribeUnit(federation::act::DescribeUnit { place, area: None, description })
}

/// Forms a circle.
pub fn form_circle(called: &str) -> Act {
    let (name, about) = (crate::name(called), Prose::default());
    Act::FormCircle(federation::act::FormCircle { name, about })
}

/// Joins a circle.
pub fn join_circle(circle: Ref<Circle>) -> Act {
    Act::JoinCircle(federation::act::JoinCircle { circle })
}

/// Leaves a circle.
pub fn leave_circle(circle: Ref<Circle>) -> Act {
    Act::LeaveCircle(federation::act::LeaveCircle { circle })
}

/// Writes the so-many-th words on a circle's bulletin.
pub fn post(circle: Ref<Circle>, words: u64) -> Act {
    let words = BodyId(crate::digest(b'b', words));
    Act::Post(federation::act::PostAct { circle, words })
}

/// Asks for a lot that draws so many of some names.
pub fn open_lot(names: &[&str], draw: u16) -> Act {
    let names = names.iter().map(|name| line(name)).collect();
    Act::OpenLot(federation::act::OpenLot { about: Line::default(), names, draw })
}

/// The so-many-th number for lots.
pub fn lot_number(number: u64) -> LotNumber {
    LotNumber(crate::digest(b'n', number))
}

/// Binds a unit to the so-many-th number.
pub fn commit_number(lot: Ref<Lot>, number: u64) -> Act {
    let hash = lot_number(number).hash();
    Act::CommitNumber(federation::act::CommitNumber { lot, hash })
}

/// Tells the so-many-th number.
pub fn open_number(lot: Ref<Lot>, number: u64) -> Act {
    Act::OpenNumber(federation::act::OpenNumber { lot, number: lot_number(number) })
}

/// Names helpers, of whom it takes so many.
pub fn name_helpers(helpers: &[PersonId], needed: u8) -> Act {
    Act::NameHelpers(NameHelpers { helpers: helpers.to_vec(), needed })
}

/// Signs a new key for somebody, on a device of theirs.
pub fn recover(person: PersonId, key: PublicKey) -> Act {
    Act::RecoverKey(RecoverKey { person, key: NewKey { key, held_by: HeldBy::Device } })
}

/// Says no to a key that helpers have signed.
pub fn veto(key: PublicKey) -> Act {
    Act::VetoRecovery(VetoRecovery { key })
}
