use crate::act::{Role, Side, SignPact};
use crate::rows::{Person, Standing, Unit};
use crate::state::Gatherer;
use crate::{Act, Effect, Entry, Federation, Id, Outcome, Refusal, StatementId, Time};

/// The form of statements that this program knows.
const FORM: u8 = 1;

/// The acts a day of a unit that nobody backs yet.
const ACTS_A_DAY: u32 = 50;

/// Whose act an entry is, and when it came in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Author {
    /// Who acts.
    pub(crate) person: Id<Person>,
    /// The statement.
    pub(crate) made_by: StatementId,
    /// The host's time.
    pub(crate) at: Time,
}

impl Federation {
    /// Applies the next entry of the record: the only way the state changes.
    ///
    /// Pure: the same entries give the same state, byte for byte. A refused entry is not recorded
    /// and leaves the state as it was. (Design: The state machine.)
    pub fn apply(&mut self, entry: &Entry) -> Result<Outcome, Refusal> {
        let effect = self.perform(entry)?;
        self.note(entry);
        self.vouch();
        self.keep_calendar();
        Ok(Outcome { effect })
    }

    /// Whether the next entry would be refused, and why; on a copy of the state.
    pub fn try_apply(&self, entry: &Entry) -> Result<Outcome, Refusal> {
        self.clone().apply(entry)
    }

    fn perform(&mut self, entry: &Entry) -> Result<Effect, Refusal> {
        let statement = &entry.statement;
        if statement.form != FORM {
            return Err(Refusal::FormUnknown { found: statement.form });
        }
        self.check_times(entry)?;
        let Some(founding) = &self.founding else {
            return match &statement.act {
                Act::Found(found) => self.found(entry, found),
                _ => Err(Refusal::NotFounded {}),
            };
        };
        if founding.id != statement.federation {
            return Err(Refusal::OtherFederation { found: statement.federation });
        }
        if let Act::Found(_) = &statement.act {
            return Err(Refusal::FoundedAlready {});
        }
        if let Act::SignPact(SignPact::Newcomer { name, place, held_by, about }) = &statement.act {
            return self.sign_as_newcomer(entry, name, place, *held_by, *about);
        }
        let by = self.key_owner(statement.key, statement.serial)?;
        let person = self
            .person_by_id(statement.person)
            .ok_or_else(|| unknown_person(statement.person.to_string()))?;
        if by != person {
            self.check_co_member(by, person)?;
            check_can_be_entered_for_others(&statement.act)?;
        }
        self.check_pace(person, &statement.act, entry.time)?;
        let author = Author { person, made_by: entry.id, at: entry.time };
        let act = &statement.act;
        let for_person = (by != person).then_some(Gatherer::Person(person));
        if let Some(gatherer) = for_person
            && let Some(waiting) = self.gather(gatherer, act, by, 2)?
        {
            return Ok(waiting);
        }
        let for_unit = self.gatherer_of(author, act)?;
        let waiting = match for_unit {
            Some((gatherer, needed)) => self.gather(gatherer, act, person, needed)?,
            None => None,
        };
        let effect = if let Some(waiting) = waiting {
            waiting
        } else {
            let effect = self.carry_out(author, entry)?;
            self.forget(for_unit.map(|(gatherer, _)| gatherer), act);
            effect
        };
        self.forget(for_person, act);
        Ok(effect)
    }

    fn carry_out(&mut self, author: Author, entry: &Entry) -> Result<Effect, Refusal> {
        match &entry.statement.act {
            Act::Found(_) => Err(Refusal::FoundedAlready {}),
            Act::SignPact(sign) => self.sign_pact(author, sign),
            Act::AnnounceLeaving(act) => self.announce_leaving(author, act),
            Act::Leave {} => self.leave(author),
            Act::AdmitMember(act) => self.admit_member(author, act),
            Act::MemberLeaves {} => self.member_leaves(author),
            Act::Introduce(act) => self.introduce(author, act),
            Act::DescribeUnit(act) => self.describe_unit(author, act),
            Act::SetSigning(act) => self.set_signing(author, act),
            Act::SetMethod(act) => self.set_method(author, act),
            Act::AddKey(act) => self.add_key(author, act),
            Act::RevokeKey(act) => self.revoke_key(author, act),
            Act::NameHelpers(act) => self.name_helpers(author, act),
            Act::RecoverKey(act) => self.recover_key(author, act),
            Act::VetoRecovery(act) => self.veto_recovery(author, act),
            Act::ProposeSpecification(act) => self.propose_specification(author, act),
            Act::ReviseSpecification(act) => self.revise_specification(author, act),
            Act::RetireSpecification(act) => self.retire_specification(author, act),
            Act::AskValue(act) => self.ask_value(author, act),
            Act::CounterValue(act) => self.counter_value(author, act),
            Act::AgreeValue(act) => self.agree_value(author, act),
            Act::Offer(act) => self.make_wish(author, Side::Offer, act),
            Act::Need(act) => self.make_wish(author, Side::Need, act),
            Act::Withdraw(act) => self.withdraw(author, act),
            Act::BringThing(act) => self.bring_thing(author, act),
            Act::WouldTake(act) => self.would_take(author, act),
            Act::WithdrawThing(act) => self.withdraw_thing(author, act),
            Act::RefusePartners(act) => self.refuse_partners(author, act),
            Act::OpenRound {} => self.open_round(author, entry.root_before),
            Act::CloseRound(act) => self.close_round(author, act),
            Act::Plan(act) => self.record_plan(author, act, entry.plan.as_ref()),
            Act::ProposeContract(act) => self.propose_contract(author, act),
            Act::AcceptContract(act) => self.accept_contract(author, act),
            Act::DeclineContract(act) => self.decline_contract(author, act),
            Act::EndContract(act) => self.end_contract(author, act),
            Act::AlreadyDone(act) => self.already_done(author, act),
            Act::Arrange(act) => self.arrange(author, act),
            Act::Comment(act) => self.comment(author, act),
            Act::Deliver(act) => self.deliver(author, act),
            Act::Receipt(act) => self.sign_receipt(author, act),
            Act::AcceptDelivery(act) => self.accept_delivery(author, act),
            Act::RejectDelivery(act) => self.reject_delivery(author, act),
            Act::Correct(act) => self.correct(author, act),
            Act::Back(act) => self.back(author, act),
            Act::ReleaseBacking(act) => self.release_backing(author, act),
            Act::Recall(act) => self.recall(author, act),
            Act::LayDownMandate(act) => self.lay_down_mandate(author, act),
            Act::FormCircle(act) => self.form_circle(author, act),
            Act::JoinCircle(act) => self.join_circle(author, act),
            Act::LeaveCircle(act) => self.leave_circle(author, act),
            Act::Post(act) => self.post(author, act),
            Act::OpenLot(act) => self.open_lot(author, act),
            Act::CommitNumber(act) => self.commit_number(author, act),
            Act::OpenNumber(act) => self.open_number(author, act),
            Act::OpenCommon(act) => self.open_common(author, act),
            Act::Subscribe(act) => self.subscribe(author, act),
            Act::Unsubscribe(act) => self.unsubscribe(author, act),
            Act::Contribute(act) => self.contribute(author, act),
            Act::ReceiptContribution(act) => self.receipt_contribution(author, act),
            Act::AcceptContribution(act) => self.accept_contribution(author, act),
            Act::RejectContribution(act) => self.reject_contribution(author, act),
            Act::CorrectContribution(act) => self.correct_contribution(author, act),
            Act::Propose(act) => self.put_question(author, act),
            Act::WithdrawProposal(act) => self.withdraw_proposal(author, act),
            Act::Ballot(act) => {
                let hand = self.hand(entry.statement.key, author.person);
                self.ballot(author, (hand, entry.statement.time), act)
            }
            Act::CountRoom(act) => self.count_room(author, act),
            Act::Seal(act) => self.seal(author, act),
            Act::AcceptPact(act) => self.accept_pact(author, act),
            Act::Register(act) => self.register(author, act),
            Act::Claim(act) => self.claim_resource(author, act),
            Act::Release(act) => self.release(author, act),
            Act::ReportUse(act) => self.report_use(author, act),
            Act::DeclareMakeup(act) => self.declare_makeup(author, act),
            Act::Dispute(act) => self.dispute(author, act),
            Act::Settle(act) => self.sign_settlement(author, act),
            Act::WriteOption(act) => self.write_option(author, act),
            Act::WeighOptions(act) => self.weigh_options(author, act),
            Act::AttestTime {} => Ok(Effect::Done),
        }
    }

    fn check_times(&self, entry: &Entry) -> Result<(), Refusal> {
        if entry.time < self.time {
            return Err(Refusal::TimeWentBack { found: entry.time, last: self.time });
        }
        let latest = self.latest_time(entry.statement.time);
        if entry.time > latest {
            return Err(Refusal::TimeAhead { found: entry.time, latest });
        }
        Ok(())
    }

    /// A unit that nobody backs and that is not enrolled makes at most 50 acts a day; that never
    /// keeps anybody from leaving, from voting, from saying no, from taking a key out of use, or from
    /// a first proposal: else one member could use up the day, and decide alone.
    fn check_pace(&self, person: Id<Person>, act: &Act, at: Time) -> Result<(), Refusal> {
        let Some(id) = self.person(person)?.unit else { return Ok(()) };
        let unit = self.unit(id)?;
        let always = matches!(
            act,
            Act::Leave {}
                | Act::AnnounceLeaving(_)
                | Act::MemberLeaves {}
                | Act::RevokeKey(_)
                | Act::VetoRecovery(_)
                | Act::Recall(_)
                | Act::LayDownMandate(_)
                | Act::Ballot(_)
                | Act::CountRoom(_)
                | Act::Seal(_)
                | Act::WeighOptions(_)
                | Act::RejectDelivery(_)
                | Act::RejectContribution(_)
                | Act::LeaveCircle(_)
                | Act::DeclineContract(_)
                | Act::EndContract(_)
                | Act::Unsubscribe(_)
                | Act::Release(_)
        );
        let trusted = unit.enrolled.is_some() || unit.backing_received.is_positive();
        if always || trusted || unit.acts_on_day < (at.day(), ACTS_A_DAY) {
            return Ok(());
        }
        if matches!(act, Act::Propose(_)) && !self.has_asked(person) {
            return Ok(());
        }
        Err(Refusal::TooManyActs { unit: unit.name.clone(), allowed: ACTS_A_DAY })
    }

    /// Notes what every entry leaves behind, whatever its act was.
    fn note(&mut self, entry: &Entry) {
        let statement = &entry.statement;
        self.size += 1;
        self.time = entry.time;
        self.root = entry.root_before;
        self.newest_date = self.newest_date.max(statement.time.min(entry.time));
        let Some(key) = self.keys.get_mut(&statement.key) else { return };
        key.serials.mark(statement.serial);
        let signer = key.person;
        let Some(id) = self.person(signer).ok().and_then(|person| person.unit) else { return };
        let at = self.begins(entry.time);
        if let Ok(unit) = self.units.row_mut(id) {
            let (day, count) = unit.acts_on_day;
            let today = entry.time.day();
            unit.acts_on_day = (today, if day == today { count.saturating_add(1) } else { 1 });
            // What a node says by itself, because something is due, shows nobody awake.
            if statement.act != (Act::AttestTime {}) {
                unit.wake(at);
            }
        }
        if !self.is_host(signer) || self.witnesses.host_alone {
            self.hear_witness(id, (statement.time, signer));
        }
    }

    /// The unit for which a person acts. Refused for somebody in no unit, and for a unit that has
    /// not signed or has left.
    pub(crate) fn acting_unit(&self, person: Id<Person>) -> Result<Id<Unit>, Refusal> {
        let id = self.person(person)?.unit.ok_or(Refusal::NoUnit {})?;
        self.check_in(id)?;
        Ok(id)
    }

    /// As [`Federation::acting_unit`], also for a unit that left: for what was begun before, and
    /// for delivering what it owes.
    pub(crate) fn acting_row(&self, person: Id<Person>) -> Result<Id<Unit>, Refusal> {
        let id = self.person(person)?.unit.ok_or(Refusal::NoUnit {})?;
        match self.unit(id)?.is_departed() {
            true => Ok(id),
            false => self.acting_unit(person),
        }
    }

    /// Refused if a unit has not signed or has left.
    pub(crate) fn check_in(&self, id: Id<Unit>) -> Result<(), Refusal> {
        let unit = self.unit(id)?;
        match unit.standing {
            Standing::Signed | Standing::Leaving { .. } => Ok(()),
            Standing::Listed => Err(Refusal::PactNotSigned { unit: unit.name.clone() }),
            Standing::Departed { .. } => Err(Refusal::UnitDeparted { unit: unit.name.clone() }),
        }
    }

    /// From when a period counts that an entry begins: never before what enough units say, so a
    /// host whose clock lags and then does not cannot end it early.
    pub(crate) fn begins(&self, at: Time) -> Time {
        at.max(self.vouched)
    }
}

/// Helping somebody to a new key, and saying no to one, takes a key of one's own: else two
/// co-members could do either in the name of all who have no device.
fn check_can_be_entered_for_others(act: &Act) -> Result<(), Refusal> {
    match act {
        Act::RecoverKey(_) | Act::VetoRecovery(_) => Err(Refusal::OwnKeyNeeded {}),
        _ => Ok(()),
    }
}

pub(crate) fn unknown_person(named: String) -> Refusal {
    Refusal::Unknown { kind: "person", named }
}

/// Whether the signer of a contract's proposal gives under it.
pub(crate) const fn gives(role: Role) -> bool {
    matches!(role, Role::Giver)
}
