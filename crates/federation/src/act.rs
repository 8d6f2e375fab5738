//! What a person can do: the closed list of acts, by room.
//!
//! There is no act that sets an entitlement, moves it between units, suspends, freezes, hides,
//! deletes another's words, overrides, extends a term, or shortens a notice.

mod circle;
mod commons;
mod conflicts;
mod decision;
mod delivery;
mod exchange;
mod lot;
mod mandate;
mod membership;
mod resources;
mod specification;
mod standing;
mod swap;

use serde::{Deserialize, Serialize};

pub use circle::{FormCircle, JoinCircle, LeaveCircle, PostAct};
pub use commons::{
    AcceptContribution, Contribute, CorrectContribution, OpenCommon, ReceiptContribution,
    RejectContribution, Subscribe, Unsubscribe,
};
pub use conflicts::{Dispute, Disputed, Objection, Settle, Turn, Turns, WeighOptions, WriteOption};
pub use decision::{
    AcceptPact, Audience, BallotAct, CountRoom, EssentialMark, Propose, Question, RoomVotes,
    SealAct, Vote, WithdrawProposal,
};
pub use delivery::{AcceptDelivery, Correct, Deliver, Receipt, RejectDelivery};
pub use exchange::{
    AcceptContract, AlreadyDone, Arrange, CeilingWarning, CloseRound, Comment, Consent,
    DeclineContract, EndContract, PlanAct, ProposeContract, RefusePartners, Role, Side, StandsFor,
    Terms, Topic, WishAct, Withdraw,
};
pub use lot::{CommitNumber, OpenLot, OpenNumber};
pub use mandate::{
    Election, Instruction, LayDownMandate, MandateTerms, NumberRange, Parameter, Recall,
};
pub use membership::{
    AddKey, AdmitMember, AnnounceLeaving, Back, DescribeUnit, Found, FoundingMember, FoundingRow,
    HeldBy, Introduce, Matter, NewKey, ReleaseBacking, RevokeKey, SetSigning, SignPact, Signing,
};
pub use resources::{ClaimResource, DeclareMakeup, Makeup, Register, Release, ReportUse};
pub use specification::{
    AgreeValue, AskValue, CounterValue, Nature, ProposeSpecification, RetireSpecification,
    ReviseSpecification,
};
pub use standing::{
    Count, Failure, ListRow, Method, NameHelpers, RecoverKey, SetMethod, Threshold, VetoRecovery,
};
pub use swap::{BringThing, WithdrawThing, WouldTake};

/// An act, as it stands in a statement: `{"offer": {…}}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Founds the federation with its list of units; the record's first entry.
    Found(Box<Found>),
    /// Joins: as a unit of the founding list, as a newcomer, or back into a row left behind.
    SignPact(SignPact),
    /// Says that the unit will leave, so that it can first use up what it is owed.
    AnnounceLeaving(AnnounceLeaving),
    /// The unit leaves, at once and always.
    Leave {},
    /// Takes a person into the signer's unit.
    AdmitMember(AdmitMember),
    /// The signer leaves their unit, at once and always.
    MemberLeaves {},
    /// Says who the signer is, in a body that they can erase.
    Introduce(Introduce),
    /// Says where the unit is and what it does.
    DescribeUnit(DescribeUnit),
    /// Changes who may sign what in the unit; more than half of its members sign.
    SetSigning(SetSigning),
    /// Changes how the unit decides; more than half of its members sign.
    SetMethod(SetMethod),
    /// Adds a key of the signer's.
    AddKey(AddKey),
    /// Takes a key of the signer's out of use.
    RevokeKey(RevokeKey),
    /// Names who can help the signer to a new key.
    NameHelpers(NameHelpers),
    /// A helper signs a new key for somebody who has lost theirs.
    RecoverKey(RecoverKey),
    /// Says no to a key that helpers have signed.
    VetoRecovery(VetoRecovery),

    /// Writes down what a good is, or what standard a service meets.
    ProposeSpecification(ProposeSpecification),
    /// Makes a new version of a specification; it touches no contract.
    ReviseSpecification(ReviseSpecification),
    /// Says that nobody should begin anything new under a specification.
    RetireSpecification(RetireSpecification),
    /// Asks a value; makes a version of its own.
    AskValue(AskValue),
    /// Answers a value with another one.
    CounterValue(CounterValue),
    /// Signs a value; it is agreed when enough of those concerned have.
    AgreeValue(AgreeValue),

    /// What the unit can give.
    Offer(WishAct),
    /// What the unit wants.
    Need(WishAct),
    /// Takes an offer or a need back.
    Withdraw(Withdraw),
    /// Brings a thing into the swap, to get another for it.
    BringThing(BringThing),
    /// Says what the unit would take for a thing of its own.
    WouldTake(WouldTake),
    /// Takes a thing out of the swap.
    WithdrawThing(WithdrawThing),
    /// Says with which units rounds do not join the signer's.
    RefusePartners(RefusePartners),
    /// Opens the round that the calendar says is due.
    OpenRound {},
    /// Closes what the round is waiting for: offers and needs, or answers.
    CloseRound(CloseRound),
    /// Submits a plan with its certificate.
    Plan(PlanAct),
    /// Proposes a contract to another unit.
    ProposeContract(ProposeContract),
    /// Says yes to a proposed contract.
    AcceptContract(AcceptContract),
    /// Says no to a proposed contract.
    DeclineContract(DeclineContract),
    /// Ends an agreed contract.
    EndContract(EndContract),
    /// Enters an exchange that has happened, for the other side to confirm.
    AlreadyDone(AlreadyDone),
    /// Suggests when and where a contract is carried out.
    Arrange(Arrange),
    /// Says something in the thread of a contract or a proposal.
    Comment(Comment),

    /// The giver says: handed over.
    Deliver(Deliver),
    /// The receiver says: here it is.
    Receipt(Receipt),
    /// Accepts a delivery; or enters it as accepted after seven days of silence.
    AcceptDelivery(AcceptDelivery),
    /// Rejects a delivery by naming a clause, and offers it back.
    RejectDelivery(RejectDelivery),
    /// Reduces an accepted delivery; both sides sign.
    Correct(Correct),

    /// Lends free room of the unit's own base to another unit.
    Back(Back),
    /// Takes lent room back, as far as it is free.
    ReleaseBacking(ReleaseBacking),

    /// Signs to take a delegate back.
    Recall(Recall),
    /// The delegate gives a mandate back.
    LayDownMandate(LayDownMandate),
    /// Forms a circle.
    FormCircle(FormCircle),
    /// Joins a circle; nobody has to agree.
    JoinCircle(JoinCircle),
    /// Leaves a circle.
    LeaveCircle(LeaveCircle),
    /// Writes on a circle's bulletin.
    Post(PostAct),
    /// Asks for a public lot.
    OpenLot(OpenLot),
    /// Binds the unit to a number for a lot, without telling it.
    CommitNumber(CommitNumber),
    /// Tells that number.
    OpenNumber(OpenNumber),
    /// Opens a common, for whoever subscribes to it.
    OpenCommon(OpenCommon),
    /// Carries a common with hours of the unit's own.
    Subscribe(Subscribe),
    /// Carries a common no longer.
    Unsubscribe(Unsubscribe),
    /// Delivers to a common: to all who subscribe, in their shares.
    Contribute(Contribute),
    /// A unit that carries a share says: it is there.
    ReceiptContribution(ReceiptContribution),
    /// One of those drawn accepts a contribution; or the giver enters seven days of silence so.
    AcceptContribution(AcceptContribution),
    /// One of those drawn rejects a contribution by naming a clause.
    RejectContribution(RejectContribution),
    /// Reduces an accepted contribution; the giver and a unit that carries a share sign.
    CorrectContribution(CorrectContribution),
    /// Puts a question to the vote of the whole or of the signer's unit.
    Propose(Propose),
    /// Takes a proposal back before anybody has voted on it.
    WithdrawProposal(WithdrawProposal),
    /// Votes, or votes otherwise than before.
    Ballot(BallotAct),
    /// Enters votes that were cast in a room; three tellers sign.
    CountRoom(CountRoom),
    /// Seals what the unit says before the poll closes.
    Seal(SealAct),
    /// Accepts a later version of the pact for the unit; more than half of its members sign.
    AcceptPact(AcceptPact),

    /// Writes a resource down.
    Register(Register),
    /// Claims a resource; where that overlaps with another's claim, it opens a conflict by itself.
    Claim(ClaimResource),
    /// Gives a claim up.
    Release(Release),
    /// Reports hours in which a resource was used.
    ReportUse(ReportUse),
    /// Says whether the unit is made of working members or of other units.
    DeclareMakeup(DeclareMakeup),
    /// Takes a rejected delivery or a broken settlement to talks, mediators and those affected.
    Dispute(Dispute),
    /// Signs a text; when all parties have signed the same, it settles the conflict.
    Settle(Settle),
    /// A mediator writes an option.
    WriteOption(WriteOption),
    /// A member of a party says what they support and what they object to.
    WeighOptions(WeighOptions),

    /// Says what time it is.
    AttestTime {},
}

impl Act {
    /// The act's name, as in a statement: `offer`, `accept-delivery`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::SignPact(_) => "sign-pact",
            Self::AnnounceLeaving(_) => "announce-leaving",
            Self::Leave {} => "leave",
            Self::AdmitMember(_) => "admit-member",
            Self::MemberLeaves {} => "member-leaves",
            Self::Introduce(_) => "introduce",
            Self::DescribeUnit(_) => "describe-unit",
            Self::SetSigning(_) => "set-signing",
            Self::SetMethod(_) => "set-method",
            Self::AddKey(_) => "add-key",
            Self::RevokeKey(_) => "revoke-key",
            Self::NameHelpers(_) => "name-helpers",
            Self::RecoverKey(_) => "recover-key",
            Self::VetoRecovery(_) => "veto-recovery",
            Self::ProposeSpecification(_) => "propose-specification",
            Self::ReviseSpecification(_) => "revise-specification",
            Self::RetireSpecification(_) => "retire-specification",
            Self::AskValue(_) => "ask-value",
            Self::CounterValue(_) => "counter-value",
            Self::AgreeValue(_) => "agree-value",
            Self::Offer(_) => "offer",
            Self::Need(_) => "need",
            Self::Withdraw(_) => "withdraw",
            Self::BringThing(_) => "bring-thing",
            Self::WouldTake(_) => "would-take",
            Self::WithdrawThing(_) => "withdraw-thing",
            Self::RefusePartners(_) => "refuse-partners",
            Self::OpenRound {} => "open-round",
            Self::CloseRound(_) => "close-round",
            Self::Plan(_) => "plan",
            Self::ProposeContract(_) => "propose-contract",
            Self::AcceptContract(_) => "accept-contract",
            Self::DeclineContract(_) => "decline-contract",
            Self::EndContract(_) => "end-contract",
            Self::AlreadyDone(_) => "already-done",
            Self::Arrange(_) => "arrange",
            Self::Comment(_) => "comment",
            Self::Deliver(_) => "deliver",
            Self::Receipt(_) => "receipt",
            Self::AcceptDelivery(_) => "accept-delivery",
            Self::RejectDelivery(_) => "reject-delivery",
            Self::Correct(_) => "correct",
            Self::Back(_) => "back",
            Self::ReleaseBacking(_) => "release-backing",
            Self::Recall(_) => "recall",
            Self::LayDownMandate(_) => "lay-down-mandate",
            Self::FormCircle(_) => "form-circle",
            Self::JoinCircle(_) => "join-circle",
            Self::LeaveCircle(_) => "leave-circle",
            Self::Post(_) => "post",
            Self::OpenLot(_) => "open-lot",
            Self::CommitNumber(_) => "commit-number",
            Self::OpenNumber(_) => "open-number",
            Self::OpenCommon(_) => "open-common",
            Self::Subscribe(_) => "subscribe",
            Self::Unsubscribe(_) => "unsubscribe",
            Self::Contribute(_) => "contribute",
            Self::ReceiptContribution(_) => "receipt-contribution",
            Self::AcceptContribution(_) => "accept-contribution",
            Self::RejectContribution(_) => "reject-contribution",
            Self::CorrectContribution(_) => "correct-contribution",
            Self::Propose(_) => "propose",
            Self::WithdrawProposal(_) => "withdraw-proposal",
            Self::Ballot(_) => "ballot",
            Self::CountRoom(_) => "count-room",
            Self::Seal(_) => "seal",
            Self::AcceptPact(_) => "accept-pact",
            Self::Register(_) => "register",
            Self::Claim(_) => "claim",
            Self::Release(_) => "release",
            Self::ReportUse(_) => "report-use",
            Self::DeclareMakeup(_) => "declare-makeup",
            Self::Dispute(_) => "dispute",
            Self::Settle(_) => "settle",
            Self::WriteOption(_) => "write-option",
            Self::WeighOptions(_) => "weigh-options",
            Self::AttestTime {} => "attest-time",
        }
    }
}
