use clap::{Args, Subcommand};
use federation::act::{
    AcceptContribution, CeilingWarning, Contribute, CorrectContribution, OpenCommon,
    ReceiptContribution, RejectContribution, Subscribe, Unsubscribe,
};
use federation::rows::{Common, Contribution, Version};
use federation::{Act, Line, Name, Prose};
use measure::Hours;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::{shown, written};

/// Commons: what is for everybody, carried by the units that subscribe to it.
#[derive(Args)]
#[command(after_help = "Examples:
  artel common list
  artel common open Street help/1 --about \"sweeping and mending\"
  artel common subscribe 1 4 --every-days 7
  artel common contribute 1 2.5
  artel common accept 3")]
pub(crate) struct Commons {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// All commons.
    List(Listed),
    /// One common.
    Show { common: String },
    /// What was delivered to commons.
    Contributions(Listed),
    /// Open a common.
    Open {
        /// What it is called.
        #[arg(value_parser = written::name)]
        name: Name,
        /// What is delivered to it: `help/1`, or its number; a version with a value.
        version: String,
        /// What it is for.
        #[arg(long, default_value = "", value_parser = written::prose)]
        about: Prose,
    },
    /// Carry a common with up to so many hours of your unit's own.
    Subscribe {
        /// The common, by number.
        common: String,
        /// Up to how many hours.
        #[arg(value_parser = written::hours)]
        hours: Hours,
        /// Again every so many days; once, if it does not say.
        #[arg(long)]
        every_days: Option<u16>,
    },
    /// Carry a common no longer.
    Unsubscribe { common: String },
    /// Deliver to a common: to all who carry it, in their shares.
    Contribute {
        /// The common, by number.
        common: String,
        /// How much, in whole measures.
        quantity: String,
        /// You know that what goes beyond your ceiling may not come back.
        #[arg(long)]
        beyond_ceiling: bool,
        /// What else there is to say.
        #[arg(long, default_value = "", value_parser = written::line)]
        note: Line,
    },
    /// Sign that a contribution is there.
    Receipt { contribution: String },
    /// Accept a contribution, as one of those drawn; or enter seven days of silence so.
    Accept { contribution: String },
    /// Reject a contribution, as one of those drawn.
    Reject {
        /// The contribution, by number.
        contribution: String,
        /// The clause that it does not meet, counted from 1.
        clause: u16,
        /// In what way.
        #[arg(long, default_value = "", value_parser = written::prose)]
        reason: Prose,
    },
    /// Reduce an accepted contribution; the giver and a unit that carries it sign the same.
    Correct {
        /// The contribution, by number.
        contribution: String,
        /// How much it really was, in whole measures.
        quantity: String,
        /// Why.
        #[arg(long, default_value = "", value_parser = written::line)]
        reason: Line,
    },
}

const COLUMNS: &[shown::Column] =
    &[("common", "number"), ("name", "name"), ("what", "label"), ("can take", "can_take_seconds")];

const CONTRIBUTED: &[shown::Column] = &[
    ("contribution", "number"),
    ("common", "common"),
    ("from", "giver_name"),
    ("hours", "seconds"),
    ("how far", "progress"),
];

impl Commons {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let common = |text: &str| Ok::<_, Undone>(find::<Common>(&reach, text)?.named);
        let contribution = |text: &str| Ok::<_, Undone>(find::<Contribution>(&reach, text)?.named);
        let act = match &self.what {
            What::List(listed) => {
                let rows = reach.rows("commons", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Contributions(listed) => {
                let rows = reach.rows("contributions", &listed.filter(&reach)?)?;
                shown::list(&rows, CONTRIBUTED, reach.prints_json());
                return Ok(());
            }
            What::Show { common } => {
                shown::one(&find::<Common>(&reach, common)?.row, reach.prints_json());
                return Ok(());
            }
            What::Open { name, version, about } => {
                let version = find::<Version>(&reach, version)?.named;
                Act::OpenCommon(OpenCommon { name: name.clone(), version, about: about.clone() })
            }
            What::Subscribe { common: named, hours, every_days } => Act::Subscribe(Subscribe {
                common: common(named)?,
                hours: *hours,
                every_days: *every_days,
            }),
            What::Unsubscribe { common: named } => {
                Act::Unsubscribe(Unsubscribe { common: common(named)? })
            }
            What::Contribute { common, quantity, beyond_ceiling, note } => {
                let common = find::<Common>(&reach, common)?;
                let ceiling = match beyond_ceiling {
                    true => CeilingWarning::Understood,
                    false => CeilingWarning::NotRead,
                };
                let (quantity, note) = (common.quantity(quantity)?, note.clone());
                Act::Contribute(Contribute { common: common.named, quantity, ceiling, note })
            }
            What::Receipt { contribution: named } => {
                let contribution = contribution(named)?;
                Act::ReceiptContribution(ReceiptContribution { contribution })
            }
            What::Accept { contribution: named } => {
                let contribution = contribution(named)?;
                Act::AcceptContribution(AcceptContribution { contribution })
            }
            What::Reject { contribution: named, clause, reason } => {
                Act::RejectContribution(RejectContribution {
                    contribution: contribution(named)?,
                    clause: *clause,
                    reason: reason.clone(),
                })
            }
            What::Correct { contribution, quantity, reason } => {
                let contribution = find::<Contribution>(&reach, contribution)?;
                let of = contribution.row["common"].to_string();
                let quantity = find::<Common>(&reach, &of)?.quantity(quantity)?;
                Act::CorrectContribution(CorrectContribution {
                    contribution: contribution.named,
                    quantity,
                    reason: reason.clone(),
                })
            }
        };
        reach.act(&act, &[])
    }
}
