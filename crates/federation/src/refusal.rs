//! Every way in which a rule says no.

use std::fmt;

use measure::{Hours, Value};

use crate::rows;
use crate::{Name, PersonId, PublicKey, Time};

/// A thing that statements can name.
pub trait Kind {
    /// What it is called in messages.
    const KIND: &'static str;
}

macro_rules! kinds {
    ($($row:ident $word:literal),+ $(,)?) => {
        $(impl Kind for rows::$row {
            const KIND: &'static str = $word;
        })+
    };
}

kinds!(
    Unit "unit", Person "person", Specification "specification", Version "version",
    Wish "offer or need", Thing "thing", Round "round", Contract "contract", Delivery "delivery",
    Circle "circle", Post "post", Lot "lot", Mandate "mandate",
    Common "common", Contribution "contribution",
    Proposal "proposal",
    Resource "resource", Claim "claim", Usage "use", Conflict "conflict",
);

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* } $code:literal $says:literal)+) => {
        /// A rule saying no. The act is not recorded and the state is as it was.
        ///
        /// The message says the rule, the value found and what would help.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* #[allow(missing_docs, reason = "the fields are named by the message")]
            $name { $($field: $type),* },)+
        }

        impl Refusal {
            /// Every refusal there is, by its code.
            pub const CODES: &[&str] = &[$($code),+];

            /// Its code: the variant's name with dashes.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)+ }
            }
        }

        impl fmt::Display for Refusal {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name { $($field),* } => write!(f, $says),)+ }
            }
        }
    };
}

impl std::error::Error for Refusal {}

refusals! {
    // Statements
    /// The statement is of a form that this program does not know.
    FormUnknown { found: u8 } "form-unknown"
        "statements are of form 1, found {found}; bring the program that signed it up to date"
    /// The record begins with the founding act.
    NotFounded {} "not-founded"
        "a record begins with the founding act; found the federation first"
    /// The founding act stands once, at the beginning.
    FoundedAlready {} "founded-already"
        "this federation is founded; to found another one, begin a record of its own"
    /// A statement means nothing in another federation.
    OtherFederation { found: crate::FederationId } "other-federation"
        "the statement is for the federation `{found}`; sign it for this one"
    /// An act names something that the record has not made.
    Unknown { kind: &'static str, named: String } "unknown"
        "the record has no {kind} `{named}`; look at the newest copy of the record"
    /// The host's time never goes back.
    TimeWentBack { found: Time, last: Time } "time-went-back"
        "the host's time never goes back: it was {last} and is given as {found}; set the host's clock"
    /// The host's time runs at most ten minutes ahead of the newest author's time, of which none
    /// counts more than 30 days beyond what enough units vouch for.
    TimeAhead { found: Time, latest: Time } "time-ahead"
        "the host's time runs at most ten minutes ahead of the newest statement's, and about a month \
         ahead of what enough units vouch for, so until {latest}, found {found}; set the host's clock"
    /// The key was never added.
    KeyUnknown { key: PublicKey } "key-unknown"
        "the key `{key}` belongs to nobody here; add it with a key that does, or ask a member to admit you"
    /// The key is out of use.
    KeyRevoked { key: PublicKey, at: Time } "key-revoked"
        "the key `{key}` was taken out of use on {at}; sign with another key"
    /// A serial number is used once.
    SerialUsed { serial: u64 } "serial-used"
        "the key has used its serial number {serial}; the statement is in the record already, or take the next number"
    /// A serial number is at most 1,023 below the highest.
    SerialTooOld { serial: u64, least: u64 } "serial-too-old"
        "serial number {serial} comes too late, the key's numbers from {least} on are taken; sign again with the next number"
    /// Somebody with a device signs for themselves.
    HasDevice { person: PersonId } "has-device"
        "`{person}` has a device and signs for themselves; co-members act only for somebody without one"
    /// Only co-members act for somebody without a device.
    NotCoMember { person: PersonId } "not-co-member"
        "only members of the same unit act for `{person}`; ask two of them"
    /// The same person signed the same act before.
    SignedAlready { signed: u32, needed: u32 } "signed-already"
        "you signed this already ({signed} of {needed} signatures); it waits for another member"
    /// The act needs a unit behind it.
    NoUnit {} "no-unit"
        "you are in no unit; found one, or ask a unit to admit you"
    /// The unit has not signed its row of the founding list.
    PactNotSigned { unit: Name } "pact-not-signed"
        "`{unit}` is on the founding list and has not signed; let one of its members sign the pact"
    /// A unit that left does nothing but deliver for its debt.
    UnitDeparted { unit: Name } "unit-departed"
        "`{unit}` has left; it can take up its row again by signing the pact"
    /// A unit that nobody backs yet makes at most 50 acts a day.
    TooManyActs { unit: Name, allowed: u32 } "too-many-acts"
        "`{unit}` is backed by nobody and has made {allowed} acts today, as many as it may; go on tomorrow, or ask another unit for backing"
    /// Numbers stay within what JSON carries exactly.
    TooLarge {} "too-large"
        "the hours would come to more than 2^53 seconds; make the quantity or the value smaller"

    // Founding and membership
    /// A parameter of the pact lies outside its bounds.
    PactOutOfBounds { parameter: &'static str, found: i64, least: i64, most: i64 } "pact-out-of-bounds"
        "the pact's {parameter} lies between {least} and {most}, found {found}; choose one within"
    /// The order of preferences names each at most once.
    PreferenceTwice { preference: circuits::Preference } "preference-twice"
        "the pact's order names {preference} twice; name each preference at most once"
    /// A founding list has 1 to 200 rows.
    RowsOutOfBounds { found: usize } "rows-out-of-bounds"
        "a founding list has 1 to 200 units, found {found}; let the others join afterwards"
    /// A row's number of members, base or opening entitlement is out of bounds.
    RowOutOfBounds { unit: Name, found: String } "row-out-of-bounds"
        "`{unit}` needs 1 to 100,000 counted members, for each a base of 0 to 1,000 hours and an opening of at most 1,000 up or down, and at most 200 named members, found {found}; change its row"
    /// A founding row needs a member with a key, or nobody could sign it.
    RowWithoutKey { unit: Name } "row-without-key"
        "nobody in the row of `{unit}` has a key; give one of its members a key, or nobody can sign for it"
    /// Opening entitlements sum to zero.
    OpeningNotZero { sum: Hours } "opening-not-zero"
        "the opening entitlements of all units sum to zero, found {sum}; correct the list"
    /// The founder and the host are members of listed units.
    NotListed { person: PersonId } "not-listed"
        "`{person}` is a member of no listed unit; put them on the list"
    /// Names of units differ.
    NameTaken { name: Name } "name-taken"
        "a unit is called `{name}` already; choose another name"
    /// A person stands in the record once.
    PersonKnown { person: PersonId } "person-known"
        "`{person}` is in the record already; make a new identity, or join with the one you have"
    /// A key belongs to one person, once.
    KeyTaken { key: PublicKey } "key-taken"
        "the key `{key}` was used before; make a new one"
    /// A person is in one unit only.
    InUnit { unit: Name } "in-unit"
        "you are, or that person is, a member of `{unit}`; leave it first"
    /// The row is signed.
    RowSigned { unit: Name } "row-signed"
        "`{unit}` has signed already; nothing is left to do"
    /// Only its own members sign for a unit.
    NotMember { unit: Name } "not-member"
        "only a member of `{unit}` can sign this; ask one"
    /// Only a unit that left can return.
    NotDeparted { unit: Name } "not-departed"
        "`{unit}` has not left; its members can act for it"
    /// Most of a departed unit's members do not begin afresh beside its row.
    RowLeftBehind { unit: Name } "row-left-behind"
        "this would bring together most of the members of `{unit}`, which left; take up its row again instead"
    /// A person keeps to keys that are theirs.
    KeyNotYours { key: PublicKey } "key-not-yours"
        "the key `{key}` is none of yours in use; look at your keys"
    /// Nothing would change.
    NothingChanges {} "nothing-changes"
        "it is so already; nothing is left to do"

    // Specifications and values
    /// A specification has 1 to 30 clauses.
    ClausesOutOfBounds { found: usize } "clauses-out-of-bounds"
        "a specification has 1 to 30 clauses, none of them empty, found {found}; write each so that it can be checked alone"
    /// A retired specification begins nothing new.
    Retired { specification: Name } "retired"
        "`{specification}` is retired; use another specification, or propose one"
    /// What the pact names as essential stays.
    EssentialStays { specification: Name } "essential-stays"
        "`{specification}` is essential by the pact that every unit has signed; it cannot be retired"
    /// Only the unit that proposed a specification retires it.
    NotProposer { unit: Name } "not-proposer"
        "only `{unit}`, which proposed the specification, can retire it; ask it"
    /// A value is above nought; a gift is agreed in the contract.
    ValueNought {} "value-nought"
        "a value is above nought; to give for nothing, propose a gift"
    /// The version has no value yet.
    NotValued { version: String } "not-valued"
        "`{version}` has no value yet; ask one first"
    /// Only producers and receivers agree a value.
    NotConcerned { version: String } "not-concerned"
        "only units that gave or received `{version}` in the last 180 days, or hold an accepted contract for it, settle its value; you may answer with a value of your own"
    /// The value is agreed as it is.
    AgreedAlready { version: String, value: Value } "agreed-already"
        "`{version}` is agreed at {value} hours; name another value"

    // Offers, needs and rounds
    /// A quantity is above nought.
    QuantityNought {} "quantity-nought"
        "the quantity is nought; say how much"
    /// Something that repeats does so every 1 to 366 days.
    RepeatOutOfBounds { found: u16 } "repeat-out-of-bounds"
        "something can repeat every 1 to 366 days, found {found}; choose a number within"
    /// The end lies in the past.
    Past { found: Time, now: Time } "past"
        "{found} is past, it is {now}; name a later time"
    /// A window ends after it has begun.
    WindowEmpty { from: Time, until: Time } "window-empty"
        "it would stand from {from} and end at {until}, before that; let it end later"
    /// An offer names one version, a need 1 to 8 counted alike.
    VersionsOutOfBounds { found: usize } "versions-out-of-bounds"
        "an offer names one version, and a need 1 to 8 different ones that are counted in the same measure, found {found}; write one for each"
    /// An offer is at the value of its version.
    OfferWithHighest {} "offer-with-highest"
        "only a need names the highest value it accepts; offer under a version with the value you ask"
    /// A unit keeps rounds from joining it with at most 32 others.
    PartnersOutOfBounds { found: usize } "partners-out-of-bounds"
        "rounds can be kept from joining a unit with at most 32 different others, found {found}, or the unit itself; name fewer, and decline what is left"
    /// Only the unit that made it takes it back.
    NotYours { kind: &'static str, unit: Name } "not-yours"
        "the {kind} is of `{unit}`; only that unit can take it back"
    /// It was taken back before.
    Withdrawn { kind: &'static str } "withdrawn"
        "the {kind} was taken back; make a new one"
    /// The calendar says when a round opens.
    RoundNotDue { due: Time, testified: Time } "round-not-due"
        "the next round is due on {due}, and statements of enough units vouch only for {testified}; wait, or let members say what time it is"
    /// One round at a time.
    RoundUnderWay { round: u32 } "round-under-way"
        "round {round} is under way; finish it first"
    /// A window closes when enough units' statements are dated past its end, or all have answered.
    WindowOpen { until: Time, testified: Time } "window-open"
        "the round waits until {until}, and statements of enough units vouch only for {testified}; wait, or let members say what time it is"
    /// The round waits for something else.
    OtherPhase { round: u32, waits_for: &'static str } "other-phase"
        "round {round} waits for {waits_for}; do that first"
    /// The seed comes from the record.
    SeedMissing {} "seed-missing"
        "a round is opened with the record's root as its seed, and none was given; let the host's program be mended"
    /// The annex with the plan is not there.
    PlanMissing {} "plan-missing"
        "the plan's annex is missing or cannot be read; send it with the act"
    /// The plan's certificate does not hold.
    PlanRefused { flaw: String } "plan-refused"
        "the plan is not certified: {flaw}; solve the round again from the record"

    // Swaps
    /// A unit would take at most 64 different things for one.
    TakesOutOfBounds { found: usize } "takes-out-of-bounds"
        "a list names at most 64 different things, found {found}; name each once, those you like best"
    /// A thing is swapped for another unit's.
    OwnThing { thing: u32 } "own-thing"
        "thing {thing} is your unit's own; name things of others, your own stays yours if none of them comes"
    /// It was taken back, or has been swapped.
    ThingGone { thing: u32 } "thing-gone"
        "thing {thing} is no longer in the swap, it was taken back or goes to somebody; look what there is now"

    // Contracts
    /// A contract has two sides.
    WithYourself {} "with-yourself"
        "a contract has two different sides; name another unit"
    /// It waits for no answer any more.
    NotProposed { contract: u32 } "not-proposed"
        "contract {contract} waits for no answer; look how it stands"
    /// It was not answered in time.
    ContractLapsed { contract: u32, answer_by: Time } "contract-lapsed"
        "contract {contract} was to be answered by {answer_by}; propose it anew"
    /// The unit has said yes.
    AnsweredAlready { contract: u32 } "answered-already"
        "your unit has said yes to contract {contract}; it waits for the other side"
    /// Only its sides act on a contract.
    NotParty { contract: u32 } "not-party"
        "your unit is no side of contract {contract}; ask one that is"
    /// Only what is agreed can be carried out or ended.
    NotAgreed { contract: u32 } "not-agreed"
        "contract {contract} is not agreed, or over; look how it stands"
    /// The receiver's room is used up.
    NoRoom { unit: Name, room: Hours, asked: Hours } "no-room"
        "`{unit}` has room for {room} hours and this takes {asked}; let it give first, be backed, or make it less"
    /// What goes beyond the ceiling may not come back.
    BeyondCeiling { unit: Name, ceiling: Hours, after: Hours } "beyond-ceiling"
        "`{unit}` would come to {after} hours, above its ceiling of {ceiling}; this may not come back to you: say that you know, and sign again"
    /// What has happened lies in the past.
    NotHappened { happened: Time, now: Time } "not-happened"
        "something already done lies in the past: {happened} is after {now}; propose a contract instead"

    // Deliveries
    /// Only the giver delivers.
    NotGiver { contract: u32 } "not-giver"
        "only the giver of contract {contract} can enter this; ask it"
    /// Only the receiver answers a delivery.
    NotReceiver { contract: u32 } "not-receiver"
        "only the receiver of contract {contract} can enter this; ask it"
    /// No more than the contract says.
    BeyondContract { contract: u32, left: String } "beyond-contract"
        "contract {contract} has {left} left to deliver; deliver at most that, and propose another contract for more"
    /// A delivery that would take its receiver below its allowance waits.
    ReceiverGivesFirst { unit: Name, room: Hours, asked: Hours } "receiver-gives-first"
        "`{unit}` can take {room} hours before it has given more, and this is {asked}; deliver a smaller part, or wait until it has given"
    /// The receipt is signed.
    ReceiptSigned { delivery: u32 } "receipt-signed"
        "delivery {delivery} has its receipt; accept it, or reject it by a clause"
    /// The giver enters silence as acceptance only with a receipt.
    NoReceipt { delivery: u32 } "no-receipt"
        "delivery {delivery} has no receipt; ask the receiver to sign that it was handed over"
    /// The receiver has seven days.
    StillTime { delivery: u32, until: Time, testified: Time } "still-time"
        "the receiver can answer delivery {delivery} until {until}, and statements of enough units vouch only for {testified}; wait"
    /// A delivery is answered once.
    DeliverySettled { delivery: u32 } "delivery-settled"
        "delivery {delivery} was accepted or rejected; if it is wrong, correct it together"
    /// A rejection names a clause.
    ClauseUnknown { found: u16, count: usize } "clause-unknown"
        "the version has clauses 1 to {count}, found {found}; name the clause that is not met"
    /// Only an accepted delivery is corrected.
    NotAccepted { delivery: u32 } "not-accepted"
        "delivery {delivery} does not count; only accepted deliveries are corrected"
    /// A correction only reduces.
    CorrectionNotLess { delivery: u32 } "correction-not-less"
        "a correction makes delivery {delivery} smaller, at most nothing; enter what is missing as a delivery of its own"
    /// Corrections come within 90 days.
    CorrectionTooLate { delivery: u32, until: Time } "correction-too-late"
        "delivery {delivery} could be corrected until {until}; agree on a new contract that makes up for it"
    /// A departed unit delivers for its debt, and no further.
    BeyondDebt { unit: Name, debt: Hours } "beyond-debt"
        "`{unit}` has left and owes {debt} hours; it can deliver for that and no more, or sign the pact again"

    // Decisions
    /// A proposal says in words what is proposed.
    TextMissing {} "text-missing"
        "a proposal says in words what is proposed and why; write at least a sentence"
    /// Only a unit's own question has options of its own.
    OptionsOutOfBounds { found: usize, most: usize } "options-out-of-bounds"
        "this question takes at most {most} different options, none of them empty, found {found}; \"leave as it is\" and \"go on talking\" always stand"
    /// A poll closes after its notice, and within a year.
    ClosingOutOfBounds { found: Time, earliest: Time, latest: Time } "closing-out-of-bounds"
        "the poll can close between {earliest} and {latest}, found {found}; choose a time within, nothing makes it shorter"
    /// Somebody has as many questions to all open as they can: five in an enrolled unit, else one.
    TooManyQuestions { open: usize, most: usize } "too-many-questions"
        "somebody of an enrolled unit has at most five questions to all open at a time, of any other unit one; here {most}, found {open}; wait until one closes, or take one back that nobody has voted on"
    /// A proposal is put forward again to the same people, when it is over.
    NotOver { proposal: u32 } "not-over"
        "proposal {proposal} is open, was to others, or asked something else; put forward again one that is over and was the same question to the same units"
    /// Only its author takes a proposal back.
    NotAuthor { proposal: u32 } "not-author"
        "proposal {proposal} is somebody else's; vote on it, or propose something else"
    /// A proposal that somebody has voted on is in the voters' hands.
    VotedOn { proposal: u32 } "voted-on"
        "somebody has voted on proposal {proposal}, so it cannot be taken back; say in its thread what you think now"
    /// The poll is over.
    PollOver { proposal: u32 } "poll-over"
        "proposal {proposal} is closed or taken back; propose it again"
    /// Nobody votes before the notice has ended.
    NoticeRuns { until: Time, testified: Time } "notice-runs"
        "voting begins when the notice ends on {until}, and statements of enough units vouch only for {testified}; read and talk until then"
    /// Those vote who were members when the notice ended.
    NotElector { person: PersonId, proposal: u32 } "not-elector"
        "`{person}` was no member of a unit that votes on proposal {proposal} when its notice ended; only those members vote"
    /// A ballot has the form that the unit's method counts.
    VoteOfOtherForm { expected: &'static str, options: u8 } "vote-of-other-form"
        "your unit's method counts {expected}, of {options} options counted from 0, or an abstention; vote in that form"
    /// A unit seals once.
    UnitSealed { unit: Name } "unit-sealed"
        "`{unit}` has sealed what it says; nothing changes it any more"
    /// No more votes are counted in a room than people were in it.
    VotesBeyondPresent { found: u64, present: usize } "votes-beyond-present"
        "{found} votes were counted of {present} people who were there; count again"
    /// Nobody votes twice, on a screen and in a room.
    VotedThemselves { person: PersonId } "voted-themselves"
        "`{person}` has voted by themselves, and that ballot stands; count the room without them"
    /// Tellers were in the room and vote in this unit.
    TellerElsewhere { person: PersonId } "teller-elsewhere"
        "`{person}` is not among those counted in the room; tellers were there and vote in this unit"
    /// Essential marks and the order of preferences have questions of their own.
    OtherQuestion {} "other-question"
        "what is essential and which plans rounds prefer are decided by questions of their own; leave them in the pact as they stand there"
    /// A specification is marked once.
    MarkedTwice { specification: Name } "marked-twice"
        "`{specification}` is marked as essential twice; name each once"
    /// Only an enrolled unit opens a value to the whole.
    NotEnrolled { unit: Name } "not-enrolled"
        "`{unit}` is not enrolled, and only an enrolled unit opens a value to the whole; ask one to"
    /// Only a pact that has passed can be accepted.
    NotInForce { proposal: u32 } "not-in-force"
        "proposal {proposal} brought no version of the pact into force; look at the versions"

    // Trust
    /// Backing is above nought.
    BackingNought {} "backing-nought"
        "the hours are nought or less; say how much room you lend"
    /// Only free room of the own base is lent.
    BackingBeyondBase { free: Hours, asked: Hours } "backing-beyond-base"
        "you can lend {free} hours, the free room of your own base, and this is {asked}; lend less"
    /// No more is released than was lent.
    BackingNotLent { lent: Hours, asked: Hours } "backing-not-lent"
        "you lend that unit {lent} hours that you have not asked back, and this is {asked}; ask back at most that"

    // A unit's own rules and its standing
    /// Consent is tried at most three times.
    TriesOutOfBounds { found: u8 } "tries-out-of-bounds"
        "consent is tried at most 3 times before ballots are counted, found {found}; choose 0 to 3"
    /// Some acts take a key of one's own.
    OwnKeyNeeded {} "own-key-needed"
        "helping somebody to a new key, and saying no to one, takes a key of one's own; nobody can do it for others"
    /// Somebody names 3 to 9 helpers.
    HelpersOutOfBounds { found: usize, named: usize } "helpers-out-of-bounds"
        "you name 3 to 9 helpers, each once, found {named} names of {found} different people; choose as many whom you trust"
    /// It takes two helpers or more.
    NeededOutOfBounds { found: u8, helpers: usize } "needed-out-of-bounds"
        "it takes 2 to {helpers} of your helpers to sign a new key, found {found}; choose a number within"
    /// A helper is somebody else in a unit, with a key.
    CannotHelp { person: PersonId } "cannot-help"
        "`{person}` cannot help you to a new key: a helper is another person in a unit, and has a key; name somebody else"
    /// Members of larger units name co-members.
    HelperElsewhere { person: PersonId, members: usize } "helper-elsewhere"
        "`{person}` is in another unit, and yours has {members} members; from four members on, helpers are co-members: name one"
    /// Only those named help somebody to a new key.
    NotHelper { person: PersonId } "not-helper"
        "`{person}` has not named you as a helper; ask whom they have named"
    /// There is nothing to say no to.
    NoRecovery { key: PublicKey } "no-recovery"
        "no helper of yours has signed the key `{key}`; look at your keys"
    /// A list has 1 to 200 rows.
    ListOutOfBounds { found: usize } "list-out-of-bounds"
        "a list has 1 to 200 units, found {found}; put the others on the next one"
    /// A list names each unit once.
    ListedTwice {} "listed-twice"
        "a list names each unit at most once; put what it says of it into one row"
    /// A list only adds.
    ListOnlyAdds { unit: Name, counted: u32, base: Hours } "list-only-adds"
        "a list only adds: `{unit}` has {counted} counted members, a base of {base} hours and its enrolment; give it more of one, or leave it out"
    /// An expulsion cites three failures.
    FailuresOutOfBounds { found: usize } "failures-out-of-bounds"
        "an expulsion cites 3 failures, found {found}; look at the unit's record"
    /// What is cited is a failure of the unit.
    NoFailure { cited: String } "no-failure"
        "{cited} is no failure of that unit to do what it had agreed: cite a delivery of its that was rejected under an agreed value, or a contract under which its delivery is overdue"
    /// The failures are towards units that do not back each other.
    FailuresConnected { one: Name, other: Name } "failures-connected"
        "the failures are towards three different units of which none backs another, found `{one}` and `{other}`; cite others"
    /// Rejections are against one specification.
    SeveralSpecifications {} "several-specifications"
        "the rejections cited are against more than one specification; cite those against one"
    /// The failures lie 60 days apart.
    FailuresTooClose { from: Time, until: Time } "failures-too-close"
        "the failures lie at least 60 days apart, found {from} to {until}; talk to the unit, it may be a bad month"
    /// An old key says no once.
    VetoedAlready { until: Time } "vetoed-already"
        "one of your keys has said no already; the new key comes into use on {until} only if two thirds of your helpers sign again: talk to them"

    // Delegates and circles
    /// A mandate ends at most 183 days after the poll that gives it.
    MandateOutOfBounds { found: Time, closes: Time, latest: Time } "mandate-out-of-bounds"
        "a mandate ends after its poll has closed on {closes} and by {latest} (183 days), found {found}; choose a day between"
    /// An instruction could say yes to something, or is voice only.
    InstructionEmpty {} "instruction-empty"
        "the instruction can never say yes: a range needs its least below its most, a position is on a question of the whole, and a text needs its words; change it, or send the delegate with voice only"
    /// A delegate is a member of the unit that sends them.
    DelegateNotMember { person: PersonId } "delegate-not-member"
        "`{person}` is no member of your unit, and a unit sends its own; choose a member"
    /// Two mandates in a row, then a pause.
    DelegatePauses { person: PersonId, until: Time } "delegate-pauses"
        "`{person}` has been sent by your unit twice in a row, on whatever matter, and pauses until {until}; send somebody else meanwhile"
    /// An election has candidates enough for its seats.
    ElectionOutOfBounds { found: usize, seats: u8 } "election-out-of-bounds"
        "an election has 1 to 20 different candidates and as many seats at most, found {found} and {seats}; change the list or the seats"
    /// Only a delegate gives their mandate back.
    NotDelegate { mandate: u32 } "not-delegate"
        "mandate {mandate} is not yours; its unit's members can recall it"
    /// What is over is not ended again.
    MandateOver { mandate: u32, end: Time } "mandate-over"
        "mandate {mandate} ended on {end}; there is nothing left to end"
    /// Only the unit that sends takes back.
    RecallByOthers { mandate: u32 } "recall-by-others"
        "mandate {mandate} is another unit's, and only its members take the delegate back; talk to them"
    /// A circle's name is its own.
    CircleNameTaken { name: Name } "circle-name-taken"
        "there is a circle called `{name}`; join it, or call yours something else"
    /// Somebody is in a circle once.
    InCircle { circle: u32 } "in-circle"
        "you are in circle {circle} already; write on its bulletin"
    /// Who is in a circle speaks in it.
    NotInCircle { circle: u32 } "not-in-circle"
        "you are not in circle {circle}; join it first, nobody has to agree"
    /// A lot has names to draw from.
    LotOutOfBounds { found: usize, draw: u16 } "lot-out-of-bounds"
        "a lot has 2 to 200 different names and draws one at least and all at most, found {found} and {draw}; change the names or how many are drawn"
    /// Only enrolled units give numbers.
    NumberNotEnrolled { unit: Name } "number-not-enrolled"
        "only enrolled units give numbers for a lot, and `{unit}` is not; leave it to those that are"
    /// A unit that withheld a number is left out.
    NumberWithheld { lot: u32, unit: Name } "number-withheld"
        "`{unit}` withheld its number for lot {lot}, which is drawn without it; leave it to the others"
    /// Numbers are bound first and told then.
    LotOtherStage { lot: u32 } "lot-other-stage"
        "lot {lot} does not wait for that now; look how it stands"
    /// A unit is bound to one number.
    NumberBound { lot: u32 } "number-bound"
        "your unit is bound to a number for lot {lot}; tell it once all are bound"
    /// No number is given twice.
    NumberTaken { lot: u32 } "number-taken"
        "that number was given for lot {lot} before; make a new one at random"
    /// Only a unit that is bound tells a number.
    NumberNotBound { lot: u32 } "number-not-bound"
        "your unit is bound to no number for lot {lot}; leave it to those that are"
    /// The number is the one that the unit is bound to.
    NumberOther { lot: u32, bound: crate::NumberHash } "number-other"
        "your unit is bound for lot {lot} to the number whose SHA-256 is `{bound}`, and this is another; tell that one"
    /// A number is told once.
    NumberTold { lot: u32 } "number-told"
        "your unit has told its number for lot {lot}; wait for the others"
    // Commons
    /// Whoever subscribes does so with some hours.
    SubscriptionNought {} "subscription-nought"
        "the hours are nought or less; say up to how many hours of your own you carry it"
    /// Only a subscription that stands can be ended.
    NotSubscribed { common: Name } "not-subscribed"
        "your unit does not carry `{common}`; nothing is left to do"
    /// A contribution waits until those who subscribe can take it.
    SubscribersGiveFirst { common: Name, room: Hours, asked: Hours } "subscribers-give-first"
        "those who carry `{common}` can take {room} hours now, some of them in another unit, and this is {asked}; contribute a smaller part, or wait until they have given or others have subscribed"
    /// Only a unit that carries a share, or gave it, has a say in a contribution.
    NotCarrier { contribution: u32 } "not-carrier"
        "your unit carries no share of contribution {contribution}; ask one that does"
    /// A unit tied to the giver by backing signs the receipt only where all who carry it are.
    ReceiptByFriend { contribution: u32, giver: Name } "receipt-by-friend"
        "your unit and `{giver}` are tied by backing, and others carry contribution {contribution} too; let one of those sign that it is there"
    /// Its receipt is signed.
    ContributionReceipted { contribution: u32 } "contribution-receipted"
        "contribution {contribution} has its receipt; it waits for those who were drawn"
    /// A contribution is answered once, and in time.
    ContributionSettled { contribution: u32 } "contribution-settled"
        "contribution {contribution} was accepted or rejected, or nobody answered it in time; correct what \
         is wrong together, or contribute again"
    /// A unit that is not enrolled has one contribution to a common waiting at a time.
    ContributionWaits { contribution: u32 } "contribution-waits"
        "a unit that is not enrolled contributes to a common once at a time, and contribution \
         {contribution} waits for its answer; it lapses after 14 days without one"
    /// The giver enters silence as acceptance only with a receipt.
    ContributionNotReceipted { contribution: u32 } "contribution-not-receipted"
        "contribution {contribution} has no receipt; ask a unit that carries it to sign that it is there"
    /// Those who were drawn have seven days from the receipt.
    CarriersHaveTime { contribution: u32, until: Time, testified: Time } "carriers-have-time"
        "those drawn for contribution {contribution} can answer until {until}, and statements of enough units vouch only for {testified}; wait"
    /// Only whoever was drawn accepts or rejects.
    NotDrawn { contribution: u32 } "not-drawn"
        "you were not drawn to answer contribution {contribution}; see who was, the lot is drawn anew every three days"
    /// Only what counts is corrected.
    ContributionNotAccepted { contribution: u32 } "contribution-not-accepted"
        "contribution {contribution} does not count; only accepted ones are corrected"
    /// Corrections come within 90 days.
    ContributionTooOld { contribution: u32, until: Time } "contribution-too-old"
        "contribution {contribution} could be corrected until {until}; agree on a contract that makes up for it"
    /// A correction only reduces.
    ContributionNotLess { contribution: u32 } "contribution-not-less"
        "a correction makes contribution {contribution} smaller, at most nothing; enter what is missing as a contribution of its own"

    // Resources and conflicts
    /// A council, a commune or a federation claims nothing.
    MadeOfUnits { unit: Name } "made-of-units"
        "`{unit}` is made of other units or their delegates, and only a unit with working members claims a resource; let the unit claim it that works with it"
    /// A claim names the members who will work with the resource.
    WorkersOutOfBounds { found: usize, members: usize } "workers-out-of-bounds"
        "a claim names 1 to 100 members of your unit who will work with the resource, each once, found {found} names and {members} of them members; name those who will"
    /// A claim lasts at most 366 days.
    ClaimTooLong { until: Time, most: Time } "claim-too-long"
        "a claim that begins then ends by {most}, found {until}; end it earlier, and claim again when it is over"
    /// A claim is for what its workers can work.
    ClaimOutOfBounds { found: Hours, most: Hours } "claim-out-of-bounds"
        "those members can work at most {most} hours more in that time, 12 a day each less what standing claims to the same resource name them for, found {found}; name other members, or claim between a second and that"
    /// A claim names at most 32 dependents.
    DependentsOutOfBounds { found: usize } "dependents-out-of-bounds"
        "a claim names at most 32 different units that depend on it, found {found}; name those that depend on it most"
    /// Hours of use fit between two times.
    UseOutOfBounds { found: Hours, most: Hours } "use-out-of-bounds"
        "between those times lie {most} hours, found {found}; say how many of them it was used"
    /// A report of use names at most 8 versions.
    MadeOutOfBounds { found: usize } "made-out-of-bounds"
        "a report names at most 8 things that were made, found {found}; report the rest as a use of its own"
    /// Words are needed here.
    WordsMissing {} "words-missing"
        "there are no words; write what you mean, so that others can read it"
    /// Only what was rejected or broken is disputed, by those between whom it was.
    NothingToDispute {} "nothing-to-dispute"
        "your unit can dispute a delivery or contribution that was rejected and that it gave or rejected itself, a settlement of a conflict that it is a party to, and a mandate of another unit until 180 days after its end; its own delegate it recalls"
    /// One thing is disputed once.
    DisputedAlready { conflict: u32 } "disputed-already"
        "conflict {conflict} is about the same; go on there"
    /// Nothing is left to settle.
    ConflictOver { conflict: u32 } "conflict-over"
        "conflict {conflict} is over, for fewer than two units are left in it; claim or dispute anew"
    /// Only the parties settle and weigh.
    NotInConflict { conflict: u32 } "not-in-conflict"
        "your unit is no party to conflict {conflict}; if you want to use the same, claim it"
    /// A calendar gives each hour to one party.
    TurnsOverlap { hours: u32 } "turns-overlap"
        "a calendar begins anew every 1 to 366 days and has 1 to 64 turns of parties that do not overlap and end within its {hours} hours; move or shorten one"
    /// Only whoever was drawn writes options.
    NotMediator { conflict: u32 } "not-mediator"
        "you were not drawn as a mediator of conflict {conflict}; a party can sign a text instead"
    /// Each stage has its own acts.
    OtherStage { conflict: u32, wanted: &'static str } "other-stage"
        "conflict {conflict} is not at the stage in which {wanted}; look how far it is"
    /// A mediator writes at most four options of one conflict.
    TooManyOptions { most: usize } "too-many-options"
        "a mediator writes at most {most} options of a conflict; tell the parties what else you would write"
    /// Options are counted from 1.
    OptionUnknown { found: u8, count: usize } "option-unknown"
        "the options are numbered 1 to {count}, found {found}; name one of them"
    /// Nobody moves the vote on the use of a resource, and nobody takes it back.
    UseByConflict {} "use-by-conflict"
        "what settles a conflict comes to the vote by itself, one option after the other; claim the resource or dispute, and settle it together if you can"
    /// An objection has a reason.
    ObjectionWithoutReason {} "objection-without-reason"
        "an objection without a reason is none; say why"
}
