use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand, ValueEnum};
use federation::act::{
    AcceptContract, AlreadyDone, Arrange, CeilingWarning, Comment, DeclineContract, EndContract,
    ProposeContract, Role, Terms, Topic,
};
use federation::rows::{Contract, Unit, Version};
use federation::{Act, Line, Ref, Time};
use measure::Quantity;
use node::words_body;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::{At, Reach};
use crate::undone::Undone;
use crate::{moment, shown, written};

/// Commitments of a giver and a receiver.
#[derive(Args)]
#[command(after_help = "Examples:
  artel contract list
  artel contract propose give Clinic bread/3 20 --answer-by 7d
  artel contract accept 57
  artel contract already-done receive Farm milk/2 10 --happened 2026-05-01
  artel contract arrange 57 \"2026-05-03 09:00\" \"the bakery's back door\"
  artel contract say 57 \"we bring the boxes back\"")]
pub(crate) struct Contracts {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

/// Who, what and how much.
#[derive(Args)]
struct Exchange {
    /// Which side our unit takes.
    #[arg(value_enum)]
    side: Side,
    /// The other unit, by name or number.
    unit: String,
    /// Under which version: `bread/3`, or its number.
    version: String,
    /// How much, in whole measures: `2.5`.
    quantity: String,
    /// At the value nought.
    #[arg(long)]
    gift: bool,
    /// We know that what we give beyond our ceiling may not come back.
    #[arg(long)]
    beyond_ceiling: bool,
    /// What else there is to say.
    #[arg(long, default_value = "", value_parser = written::line)]
    note: Line,
}

#[derive(Clone, Copy, ValueEnum)]
enum Side {
    Give,
    Receive,
}

#[derive(Subcommand)]
enum What {
    /// Those that wait for an answer, or are agreed.
    List(Listed),
    /// One contract with its thread.
    Show { contract: String },
    /// Propose one to another unit.
    Propose {
        #[command(flatten)]
        exchange: Exchange,
        /// Declined if not answered by then.
        #[arg(long, value_name = "WHEN", default_value = "7d", value_parser = moment::parse)]
        answer_by: Time,
    },
    /// Say yes.
    Accept {
        contract: String,
        /// We know that what we give beyond our ceiling may not come back.
        #[arg(long)]
        beyond_ceiling: bool,
    },
    /// Say no.
    Decline {
        contract: String,
        /// Why.
        #[arg(long, default_value = "", value_parser = written::line)]
        reason: Line,
    },
    /// End one that is agreed; it needs nobody's leave.
    End {
        contract: String,
        /// Why.
        #[arg(long, default_value = "", value_parser = written::line)]
        reason: Line,
    },
    /// Enter an exchange that has happened, for the other side to confirm.
    AlreadyDone {
        #[command(flatten)]
        exchange: Exchange,
        /// When it happened.
        #[arg(long, value_name = "WHEN", default_value = "0h", value_parser = moment::parse)]
        happened: Time,
    },
    /// Suggest when and where.
    Arrange {
        contract: String,
        #[arg(value_parser = moment::parse)]
        when: Time,
        #[arg(value_parser = written::line)]
        place: Line,
    },
    /// Say something in its thread.
    Say { contract: String, words: String },
}

const COLUMNS: &[shown::Column] = &[
    ("contract", "number"),
    ("giver", "giver_name"),
    ("receiver", "receiver_name"),
    ("what", "label"),
    ("how much", "quantity_steps"),
    ("left", "left_steps"),
    ("hours", "contract_seconds"),
    ("status", "status"),
    ("answer by", "answer_by"),
];

impl Contracts {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let named = |contract: &String| Ok::<_, Undone>(find::<Contract>(&reach, contract)?.named);
        let act = match &self.what {
            What::List(listed) => {
                let rows = reach.rows("contracts", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Show { contract } => return show(&reach, contract),
            What::Propose { exchange, answer_by } => exchange.propose(&reach, *answer_by)?,
            What::AlreadyDone { exchange, happened } => exchange.already_done(&reach, *happened)?,
            What::Accept { contract, beyond_ceiling } => Act::AcceptContract(AcceptContract {
                contract: named(contract)?,
                ceiling: ceiling(*beyond_ceiling),
            }),
            What::Decline { contract, reason } => Act::DeclineContract(DeclineContract {
                contract: named(contract)?,
                reason: reason.clone(),
            }),
            What::End { contract, reason } => {
                Act::EndContract(EndContract { contract: named(contract)?, reason: reason.clone() })
            }
            What::Arrange { contract, when, place } => Act::Arrange(Arrange {
                contract: named(contract)?,
                when: *when,
                place: place.clone(),
            }),
            What::Say { contract, words } => {
                let body = words_body(words)?;
                let act = Comment {
                    on: Topic::Contract(named(contract)?),
                    answers: None,
                    words: body.id(),
                };
                return reach.act(&Act::Comment(act), &[STANDARD.encode(body.to_bytes())]);
            }
        };
        reach.act(&act, &[])
    }
}

/// A contract, with the words of its thread for those who may read them.
fn show(reach: &Reach, contract: &str) -> Result<(), Undone> {
    let mut row = find::<Contract>(reach, contract)?.row;
    for comment in row["thread"].as_array_mut().into_iter().flatten() {
        let body = comment["body"].as_str().unwrap_or_default();
        let path = reach.of_federation(&format!("/bodies/{body}"))?;
        // Only members may read them; everybody else sees that something was said.
        if let Ok(body) = reach.get(&path) {
            comment["words"] = body["text"].clone();
        }
    }
    shown::one(&row, reach.prints_json());
    Ok(())
}

const fn ceiling(beyond: bool) -> CeilingWarning {
    if beyond { CeilingWarning::Understood } else { CeilingWarning::NotRead }
}

impl Exchange {
    fn found(&self, reach: &Reach) -> Result<(Ref<Unit>, Ref<Version>, Quantity), Undone> {
        let with = find::<Unit>(reach, &self.unit)?.named;
        let version = find::<Version>(reach, &self.version)?;
        let quantity = version.quantity(&self.quantity)?;
        Ok((with, version.named, quantity))
    }

    const fn role(&self) -> Role {
        match self.side {
            Side::Give => Role::Giver,
            Side::Receive => Role::Receiver,
        }
    }

    const fn terms(&self) -> Terms {
        if self.gift { Terms::Gift } else { Terms::AtValue }
    }

    fn propose(&self, reach: &Reach, answer_by: Time) -> Result<Act, Undone> {
        let (with, version, quantity) = self.found(reach)?;
        Ok(Act::ProposeContract(ProposeContract {
            role: self.role(),
            with,
            version,
            quantity,
            terms: self.terms(),
            answer_by,
            ceiling: ceiling(self.beyond_ceiling),
            note: self.note.clone(),
        }))
    }

    fn already_done(&self, reach: &Reach, happened: Time) -> Result<Act, Undone> {
        let (with, version, quantity) = self.found(reach)?;
        Ok(Act::AlreadyDone(AlreadyDone {
            role: self.role(),
            with,
            version,
            quantity,
            terms: self.terms(),
            ceiling: ceiling(self.beyond_ceiling),
            happened,
            note: self.note.clone(),
        }))
    }
}
