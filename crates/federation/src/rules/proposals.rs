use measure::{Hours, Quantity, Value};

use crate::act::{AlreadyDone, CeilingWarning, ProposeContract, Role, Terms};
use crate::rows::{Answered, Contract, Meeting, Origin, Parties, Status, Unit, Version};
use crate::{Effect, Federation, Id, Line, Ref, Refusal, StatementId, Time};

use super::Author;
use super::apply::gives;

/// How long an exchange already done waits to be confirmed.
const CONFIRM_DAYS: crate::Days = crate::fixed::CONFIRM;

/// What two units want to settle between them.
struct Direct {
    role: Role,
    with: Ref<Unit>,
    version: Ref<Version>,
    quantity: Quantity,
    terms: Terms,
    ceiling: CeilingWarning,
}

impl Federation {
    /// A unit proposes a contract to another one, at any time.
    pub(crate) fn propose_contract(
        &mut self,
        author: Author,
        act: &ProposeContract,
    ) -> Result<Effect, Refusal> {
        if act.answer_by <= self.begins(author.at) {
            let now = self.begins(author.at);
            return Err(Refusal::Past { found: act.answer_by, now });
        }
        let ProposeContract { role, with, version, quantity, terms, ceiling, .. } = *act;
        let direct = Direct { role, with, version, quantity, terms, ceiling };
        self.propose(author, &direct, (Origin::Direct, act.answer_by), &act.note)
    }

    /// An exchange that has happened, for the other side to confirm.
    pub(crate) fn already_done(
        &mut self,
        author: Author,
        act: &AlreadyDone,
    ) -> Result<Effect, Refusal> {
        if act.happened > author.at {
            return Err(Refusal::NotHappened { happened: act.happened, now: author.at });
        }
        let AlreadyDone { role, with, version, quantity, terms, ceiling, happened, .. } = *act;
        let direct = Direct { role, with, version, quantity, terms, ceiling };
        let answer_by = self.begins(author.at).plus_days(CONFIRM_DAYS);
        self.propose(author, &direct, (Origin::AlreadyDone { happened }, answer_by), &act.note)
    }

    fn propose(
        &mut self,
        author: Author,
        direct: &Direct,
        (origin, answer_by): (Origin, Time),
        note: &Line,
    ) -> Result<Effect, Refusal> {
        let own = self.acting_row(author.person)?;
        let other = self.find_unit(direct.with)?;
        let version = self.find_version(direct.version)?;
        if own == other {
            return Err(Refusal::WithYourself {});
        }
        self.check_not_retired(self.version(version)?.specification)?;
        let (giver, receiver) = if gives(direct.role) { (own, other) } else { (other, own) };
        let parties = Parties { giver, receiver };
        let contract = self.contract_of(parties, version, direct.quantity, direct.terms)?;
        self.check_sides(parties, contract.hours(), None)?;
        let yes = |side| if gives(direct.role) == side { Answered::Yes } else { Answered::No };
        if gives(direct.role) {
            self.check_ceiling(giver, contract.hours(), direct.ceiling)?;
        }
        let status = Status::Proposed { giver: yes(true), receiver: yes(false), answer_by };
        let note = note.clone();
        let contract = Contract { origin, status, since: author.at, note, ..contract };
        Ok(Effect::Contract(self.put_contract((author.made_by, 0), contract)?))
    }

    /// A contract that nobody has said anything about yet. Refused for nothing at all, and for a
    /// version without a value unless it is a gift.
    pub(crate) fn contract_of(
        &self,
        parties: Parties,
        version: Id<Version>,
        quantity: Quantity,
        terms: Terms,
    ) -> Result<Contract, Refusal> {
        if quantity.is_zero() {
            return Err(Refusal::QuantityNought {});
        }
        let specification = self.version(version)?.specification;
        let decimals = self.specification(specification)?.measure.decimals();
        let value = match terms {
            Terms::AtValue => self.value_of(version)?,
            Terms::Gift => Value::NOUGHT,
        };
        value.worth(quantity, decimals).ok_or(Refusal::TooLarge {})?;
        Ok(Contract {
            parties,
            version,
            quantity,
            terms,
            value,
            decimals,
            origin: Origin::Direct,
            status: Status::Lapsed,
            since: Time::default(),
            note: Line::default(),
            accepted: Quantity::ZERO,
            counted: Hours::ZERO,
            unanswered: Quantity::ZERO,
            deliveries: Vec::new(),
            meeting: Meeting::default(),
            arrangement: None,
            thread: Vec::new(),
        })
    }

    /// Both sides are in the federation; a giver that left still gives for its debt.
    ///
    /// What it gives under the contract that is being accepted, if one is, stands in `hours` and
    /// not among what it has promised.
    pub(crate) fn check_sides(
        &self,
        parties: Parties,
        hours: Hours,
        accepting: Option<Id<Contract>>,
    ) -> Result<(), Refusal> {
        self.check_in(parties.receiver)?;
        let giver = self.unit(parties.giver)?;
        if !giver.is_departed() {
            return self.check_in(parties.giver);
        }
        let debt = self.debt_left(parties.giver, accepting)?;
        match hours > debt {
            true => Err(Refusal::BeyondDebt { unit: giver.name.clone(), debt }),
            false => Ok(()),
        }
    }

    /// A giver that would come above its ceiling is asked once more.
    pub(crate) fn check_ceiling(
        &self,
        giver: Id<Unit>,
        hours: Hours,
        warning: CeilingWarning,
    ) -> Result<(), Refusal> {
        let unit = self.unit(giver)?;
        let after = unit.entitlement.plus(hours).ok_or(Refusal::TooLarge {})?;
        let ceiling = self.ceiling(giver);
        match hours.is_positive() && after > ceiling && warning == CeilingWarning::NotRead {
            true => Err(Refusal::BeyondCeiling { unit: unit.name.clone(), ceiling, after }),
            false => Ok(()),
        }
    }

    /// Adds a contract and books what it holds.
    pub(crate) fn put_contract(
        &mut self,
        (made_by, row): (StatementId, u32),
        contract: Contract,
    ) -> Result<Id<Contract>, Refusal> {
        let (parties, version) = (contract.parties, contract.version);
        let id = self.contracts.add(made_by, row, contract);
        self.contracts_of.insert((parties.giver, id));
        self.contracts_of.insert((parties.receiver, id));
        self.contracts_under.insert((version, id));
        self.book(id, Hours::plus)?;
        Ok(id)
    }
}
