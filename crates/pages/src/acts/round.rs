use federation::act::CloseRound;
use federation::{Act, Federation};

use super::{ActForm, Sheet, plain};
use crate::field::Field;

pub(super) const FORMS: &[ActForm] = &[OPEN, CLOSE, ATTEST];

const OPEN: ActForm = ActForm {
    name: "open-round",
    title: "Open the round",
    button: "Open it",
    says: "The calendar says when a round is due. Any member can open it then; nobody can time one \
           to suit friends.",
    sheet: |_| Sheet::of(Vec::new()),
    read: |_| plain(Some(Act::OpenRound {})),
};

const CLOSE: ActForm = ActForm {
    name: "close-round",
    title: "Close what the round waits for",
    button: "Close it",
    says: "When the time for offers and needs, or for answers, is over, any member can close it.",
    sheet: |scene| {
        let newest = scene.federation.rounds().next_back().map_or(0, |(id, _)| id.number());
        let round = scene.given.number("round").unwrap_or(newest);
        Sheet::about(format!("Round {round}"), [Field::hidden("round").with(round)])
    },
    read: |reading| {
        let round = reading.reference("round", Federation::round_ref);
        plain(round.map(|round| Act::CloseRound(CloseRound { round })))
    },
};

const ATTEST: ActForm = ActForm {
    name: "attest-time",
    title: "Say what time it is",
    button: "Say the time",
    says: "A period is over only when members of enough units vouch that it is. This page does it by \
           itself when something is due; you can also do it by hand.",
    sheet: |scene| {
        Sheet::about(
            format!(
                "It is {} UTC. Units vouch for {} UTC so far.",
                scene.now,
                scene.federation.testified()
            ),
            Vec::new(),
        )
    },
    read: |_| plain(Some(Act::AttestTime {})),
};
