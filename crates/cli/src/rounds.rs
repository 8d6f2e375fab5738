use clap::{Args, Subcommand};
use federation::Act;
use federation::act::CloseRound;
use federation::rows::Round;
use serde_json::Value;

use crate::named::find;
use crate::outlook::Outlook;
use crate::reach::{At, Reach};
use crate::said::say;
use crate::shown;
use crate::undone::Undone;

/// The commands on a federation's rounds.
#[derive(Subcommand)]
pub(crate) enum Rounds {
    /// The rounds of a federation.
    List(Where),
    /// One round, with the contracts that its plans proposed.
    Show(Which),
    /// What an open round would come to if nothing more were said before it closes.
    Outlook(Outlook),
    /// Open the round that the calendar says is due.
    Open(Where),
    /// Close what a round is waiting for: offers and needs, or answers.
    Close(Which),
    /// Let the node work out the plan that a round waits for, and submit it.
    Plan(Which),
    /// Say what time it is, so that periods can end.
    AttestTime(Where),
}

#[derive(Args)]
pub(crate) struct Where {
    #[command(flatten)]
    at: At,
}

#[derive(Args)]
pub(crate) struct Which {
    #[command(flatten)]
    at: At,
    /// The round, by number.
    round: String,
}

const COLUMNS: &[shown::Column] = &[
    ("round", "number"),
    ("due", "due"),
    ("phase", "phase"),
    ("pass", "pass"),
    ("until", "until"),
];

const CONTRACT_COLUMNS: &[shown::Column] = &[
    ("contract", "number"),
    ("giver", "giver_name"),
    ("receiver", "receiver_name"),
    ("what", "label"),
    ("how much", "quantity_steps"),
    ("hours", "contract_seconds"),
    ("status", "status"),
];

impl Rounds {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        match self {
            Self::List(Where { at }) => {
                let reach = at.reach()?;
                shown::list(&reach.rows("rounds", "")?, COLUMNS, reach.prints_json());
                Ok(())
            }
            Self::Show(Which { at, round }) => show(&at.reach()?, round),
            Self::Outlook(outlook) => outlook.run(),
            Self::Open(Where { at }) => at.reach()?.act(&Act::OpenRound {}, &[]),
            Self::Close(Which { at, round }) => {
                let reach = at.reach()?;
                let round = find::<Round>(&reach, round)?.named;
                reach.act(&Act::CloseRound(CloseRound { round }), &[])
            }
            Self::Plan(Which { at, round }) => {
                let reach = at.reach()?;
                let number = find::<Round>(&reach, round)?.row["number"].clone();
                reach.do_at(&format!("/rounds/{number}/plan"), &Value::Null)
            }
            Self::AttestTime(Where { at }) => at.reach()?.act(&Act::AttestTime {}, &[]),
        }
    }
}

fn show(reach: &Reach, round: &str) -> Result<(), Undone> {
    let mut row = find::<Round>(reach, round)?.row;
    let plans = row["plans"].as_array().into_iter().flatten();
    let numbers = plans.flat_map(|plan| plan["contracts"].as_array().into_iter().flatten());
    let numbers: Vec<_> = numbers.filter_map(Value::as_u64).collect();
    let contracts = numbers
        .iter()
        .filter_map(|&number| u32::try_from(number).ok())
        .map(|number| reach.row("contracts", number))
        .collect::<Result<Vec<_>, _>>()?;
    if reach.prints_json() {
        row["contracts"] = contracts.into();
        shown::one(&row, true);
        return Ok(());
    }
    shown::one(&row, false);
    say!("");
    shown::list(&contracts, CONTRACT_COLUMNS, false);
    Ok(())
}
