use clap::{Args, Subcommand};
use federation::act::{AcceptDelivery, Correct, Deliver, Receipt, RejectDelivery};
use federation::rows::{Contract, Delivery};
use federation::{Act, Line, Prose};

use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::{shown, written};

/// Hand over, sign for it, accept or reject it.
#[derive(Args)]
#[command(after_help = "Examples:
  artel deliver list
  artel deliver make 57 10 --note \"the first half\"
  artel deliver receipt 31
  artel deliver accept 31
  artel deliver reject 31 --clause 2 \"it was baked yesterday\"")]
pub(crate) struct Deliveries {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Those that were not answered yet.
    List {
        /// Also those that were.
        #[arg(long)]
        all: bool,
    },
    /// One delivery.
    Show { delivery: String },
    /// The giver says: handed over.
    Make {
        /// Under which contract, by number.
        contract: String,
        /// How much, in whole measures: `2.5`.
        quantity: String,
        /// What else there is to say.
        #[arg(long, default_value = "", value_parser = written::line)]
        note: Line,
    },
    /// The receiver says: here it is.
    Receipt { delivery: String },
    /// Accept it; the giver may after seven days of silence.
    Accept { delivery: String },
    /// Reject it by a clause, and offer it back.
    Reject {
        delivery: String,
        /// The clause that it does not meet, counted from 1.
        #[arg(long)]
        clause: u16,
        /// In what way.
        #[arg(value_parser = written::prose)]
        reason: Prose,
    },
    /// Make an accepted delivery smaller; both sides sign the same.
    Correct {
        delivery: String,
        /// How much it really was.
        quantity: String,
        /// Why.
        #[arg(value_parser = written::line)]
        reason: Line,
    },
}

const COLUMNS: &[shown::Column] = &[
    ("delivery", "number"),
    ("contract", "contract"),
    ("giver", "giver_name"),
    ("receiver", "receiver_name"),
    ("what", "label"),
    ("how much", "quantity_steps"),
    ("progress", "progress"),
    ("hours", "counted_seconds"),
    ("since", "since"),
];

impl Deliveries {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let named = |delivery: &String| Ok::<_, Undone>(find::<Delivery>(&reach, delivery)?.named);
        let act = match &self.what {
            What::List { all } => {
                let rows = reach.rows("deliveries", if *all { "" } else { "&open=true" })?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Show { delivery } => {
                shown::one(&find::<Delivery>(&reach, delivery)?.row, reach.prints_json());
                return Ok(());
            }
            What::Make { contract, quantity, note } => {
                let contract = find::<Contract>(&reach, contract)?;
                let quantity = contract.quantity(quantity)?;
                let (contract, note) = (contract.named, note.clone());
                Act::Deliver(Deliver { contract, quantity, note })
            }
            What::Receipt { delivery } => Act::Receipt(Receipt { delivery: named(delivery)? }),
            What::Accept { delivery } => {
                Act::AcceptDelivery(AcceptDelivery { delivery: named(delivery)? })
            }
            What::Reject { delivery, clause, reason } => Act::RejectDelivery(RejectDelivery {
                delivery: named(delivery)?,
                clause: *clause,
                reason: reason.clone(),
            }),
            What::Correct { delivery, quantity, reason } => {
                let delivery = find::<Delivery>(&reach, delivery)?;
                let quantity = delivery.quantity(quantity)?;
                let (delivery, reason) = (delivery.named, reason.clone());
                Act::Correct(Correct { delivery, quantity, reason })
            }
        };
        reach.act(&act, &[])
    }
}
