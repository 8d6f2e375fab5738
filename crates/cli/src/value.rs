use clap::{Args, Subcommand};
use federation::act::{AgreeValue, AskValue, CounterValue};
use federation::rows::Version;
use federation::{Act, Prose};
use measure::Value;

use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::{shown, written};

/// What versions are worth: ask, answer, agree.
#[derive(Args)]
#[command(after_help = "Examples:
  artel value show bread/3
  artel value ask bread/1 0:20 --reasons \"12 minutes of work, flour for 8\"
  artel value counter bread/2 0:15
  artel value agree bread/2 0:18")]
pub(crate) struct Values {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Args)]
struct Reasoned {
    /// The version: `bread/3`, or its number.
    version: String,
    /// Hours a whole measure: `0:20`, or `1.5`.
    #[arg(value_parser = written::value)]
    value: Value,
    /// Why.
    #[arg(long, default_value = "", value_parser = written::prose)]
    reasons: Prose,
}

#[derive(Subcommand)]
enum What {
    /// What was said about a version's value, and who signed which.
    Show { version: String },
    /// Ask a value for a version; makes a version that has it.
    Ask(Reasoned),
    /// Answer a value with another one.
    Counter(Reasoned),
    /// Sign a value.
    Agree {
        /// The version: `bread/3`, or its number.
        version: String,
        /// Hours a whole measure.
        #[arg(value_parser = written::value)]
        value: Value,
    },
}

impl Values {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let act = match &self.what {
            What::Show { version } => {
                shown::one(&find::<Version>(&reach, version)?.row, reach.prints_json());
                return Ok(());
            }
            What::Ask(Reasoned { version, value, reasons }) => Act::AskValue(AskValue {
                version: find::<Version>(&reach, version)?.named,
                value: *value,
                reasons: reasons.clone(),
            }),
            What::Counter(Reasoned { version, value, reasons }) => {
                Act::CounterValue(CounterValue {
                    version: find::<Version>(&reach, version)?.named,
                    value: *value,
                    reasons: reasons.clone(),
                })
            }
            What::Agree { version, value } => {
                let version = find::<Version>(&reach, version)?.named;
                Act::AgreeValue(AgreeValue { version, value: *value })
            }
        };
        reach.act(&act, &[])
    }
}
