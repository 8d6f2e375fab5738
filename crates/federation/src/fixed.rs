//! Numbers that are the same for every federation, gathered in one place.
//!
//! What a federation may want otherwise is a parameter of its pact ([`Pact::PARAMETERS`]). These are not:
//! each protects somebody from those who would move it, or must be known before any pact is read. So no
//! vote moves them; another number is another program.
//!
//! [`Pact::PARAMETERS`]: crate::Pact::PARAMETERS

use crate::Days;

/// A number of days that is the same for every federation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// What takes so long.
    pub called: &'static str,
    /// How long.
    pub days: Days,
    /// Why it is no parameter.
    pub why: &'static str,
}

pub(crate) const BETWEEN_MISSED: Days = Days(60);
pub(crate) const ENROLMENT_IN: Days = Days(30);
pub(crate) const ENROLMENT_BACKED: Days = Days(90);
pub(crate) const MANDATE: Days = Days(183);
pub(crate) const EXPULSION_ANSWER: Days = Days(14);
pub(crate) const EXPULSION_OVER: Days = Days(60);
pub(crate) const POLL_LEAST: Days = Days(3);
pub(crate) const POLL_MOST: Days = Days(366);
pub(crate) const USE_POLL: Days = Days(7);
pub(crate) const CONFLICT_STAGE: Days = Days(14);
pub(crate) const CONFLICT_RESULT: Days = Days(365);
pub(crate) const EXCHANGED: Days = Days(180);
pub(crate) const DISPUTED: Days = Days(180);
pub(crate) const CLAIM: Days = Days(366);
pub(crate) const CONCERNED: Days = Days(180);
pub(crate) const ANSWER_DELIVERY: Days = Days(7);
pub(crate) const CORRECTION: Days = Days(90);
pub(crate) const CONFIRM: Days = Days(30);
pub(crate) const CONTRIBUTION_LAPSE: Days = Days(14);
pub(crate) const DRAWN_ANSWER: Days = Days(3);
pub(crate) const LOT_STAGE: Days = Days(2);
pub(crate) const LOT_PATIENCE: Days = Days(28);
pub(crate) const KEY_WAIT: Days = Days(2);
pub(crate) const KEY_DELAY: Days = Days(7);
pub(crate) const VOUCHED: Days = Days(30);

/// All of them, in the order in which a page lists them.
pub const FIXED: &[Fixed] = &[
    Fixed {
        called: "Between two missed polls after which a unit sleeps",
        days: BETWEEN_MISSED,
        why: "Two months, so that nobody loses weight over one holiday; shorter, and whoever is \
               in the majority could vote others to sleep.",
    },
    Fixed {
        called: "In the federation before a unit is enrolled by itself",
        days: ENROLMENT_IN,
        why: "It is the way to weight that no vote can close, so no vote moves it.",
    },
    Fixed {
        called: "Backed by two units before a unit is enrolled by itself, and the time in which at \
               most a quarter is",
        days: ENROLMENT_BACKED,
        why: "As above; and it bounds how fast invented units could become a majority.",
    },
    Fixed {
        called: "The longest mandate",
        days: MANDATE,
        why: "Whoever is sent comes back: a longer one would be an office, and it would be \
               delegates who propose it.",
    },
    Fixed {
        called: "To answer before a vote on one's expulsion begins, at least",
        days: EXPULSION_ANSWER,
        why: "Whoever is to go is heard, whatever the others have agreed.",
    },
    Fixed {
        called: "Between the first and the last failure for which a unit can be expelled",
        days: EXPULSION_OVER,
        why: "One bad month is no reason to be out.",
    },
    Fixed {
        called: "That a poll is open, at least",
        days: POLL_LEAST,
        why: "Nobody is surprised by a vote over a weekend; more than half of a unit's members can \
              seal sooner.",
    },
    Fixed {
        called: "Until a poll closes, at most",
        days: POLL_MOST,
        why: "What nobody has decided within a year rests, and can be asked again.",
    },
    Fixed {
        called: "That the units affected vote on the use of a resource, behind the notice",
        days: USE_POLL,
        why: "A conflict goes on by calendar, so that nobody hastens or delays it.",
    },
    Fixed {
        called: "To talk about a conflict, for mediators to write, and to weigh options; each",
        days: CONFLICT_STAGE,
        why: "As above: neither party nor a majority can make the talks shorter.",
    },
    Fixed {
        called: "That the result of a conflict lasts before it is looked at again",
        days: CONFLICT_RESULT,
        why: "No settlement becomes property.",
    },
    Fixed {
        called: "Without exchange with the parties before somebody can mediate, or a unit is not \
               affected",
        days: EXCHANGED,
        why: "Who is near to a party must be the same question in every conflict.",
    },
    Fixed {
        called: "After its end that a mandate can be disputed",
        days: DISPUTED,
        why: "A delegate answers for a while, and then is left in peace.",
    },
    Fixed {
        called: "The longest claim on a resource",
        days: CLAIM,
        why: "What is used is claimed again; nothing is claimed for good.",
    },
    Fixed {
        called: "After a delivery that its giver and receiver are concerned by the value",
        days: CONCERNED,
        why: "Whose signature a value needs must not depend on a vote of those whose it does not.",
    },
    Fixed {
        called: "To accept or reject what was taken",
        days: ANSWER_DELIVERY,
        why: "Both sides of every contract must know when a delivery is settled.",
    },
    Fixed {
        called: "That a delivery can be corrected",
        days: CORRECTION,
        why: "Entitlements of the past must come to rest.",
    },
    Fixed {
        called: "That an exchange already done waits to be confirmed",
        days: CONFIRM,
        why: "Whoever is away for some weeks can still answer.",
    },
    Fixed {
        called: "That a contribution nobody answers holds the hours of those who carry it",
        days: CONTRIBUTION_LAPSE,
        why: "Their room comes back by itself.",
    },
    Fixed {
        called: "To answer for whoever was drawn to accept a contribution",
        days: DRAWN_ANSWER,
        why: "Then others are drawn.",
    },
    Fixed {
        called: "To give a number for a public lot, and to tell it; each",
        days: LOT_STAGE,
        why: "Nobody can wait for the numbers of others.",
    },
    Fixed {
        called: "That a lot waits for as many units as it should have",
        days: LOT_PATIENCE,
        why: "Then it is drawn from fewer, so that nobody stops it by staying away.",
    },
    Fixed {
        called: "That an old key can say no to a recovery",
        days: KEY_WAIT,
        why: "Keys are a person's own; no vote decides over them.",
    },
    Fixed {
        called: "That a recovery waits to which an old key has said no",
        days: KEY_DELAY,
        why: "As above.",
    },
    Fixed {
        called: "Beyond the host's time that a date can lie, and the host's beyond what is vouched for",
        days: VOUCHED,
        why: "What one clock says wrongly is made good, in every record alike, before any pact \
               is read.",
    },
];
