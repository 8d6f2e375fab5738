use clap::{Args, Subcommand, ValueEnum};
use federation::act::{Nature, ProposeSpecification, RetireSpecification, ReviseSpecification};
use federation::rows::{Specification, Version};
use federation::{Act, Line, Name, Prose};
use measure::Measure;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::{shown, written};

/// What goods are, and what standard services meet.
#[derive(Args)]
#[command(after_help = "Examples:
  artel spec list
  artel spec show bread/3
  artel spec propose bread --measure kg --decimals 3 --clause \"baked today\" --clause \"no sugar\"
  artel spec revise bread --clause \"baked today\"")]
pub(crate) struct Specifications {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The specifications.
    List(Listed),
    /// The versions, with their values.
    Versions(Listed),
    /// One version (`bread/3`), or one specification (`bread`).
    Show { specification: String },
    /// Write down what something is.
    Propose {
        /// What it is called.
        #[arg(value_parser = written::name)]
        name: Name,
        /// A good or a service.
        #[arg(long, value_enum, default_value = "good")]
        nature: Kind,
        /// The name of one whole, such as `kg`.
        #[arg(long)]
        measure: String,
        /// How finely it divides: `kg` with 3 decimals counts grams.
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
        decimals: u8,
        /// What every instance meets; several.
        #[arg(long = "clause", required = true, value_parser = written::line)]
        clauses: Vec<Line>,
        /// What else there is to say.
        #[arg(long, default_value = "", value_parser = written::prose)]
        about: Prose,
    },
    /// Make a version with other clauses.
    Revise {
        /// Which one, by name or number.
        specification: String,
        /// What every instance meets; several.
        #[arg(long = "clause", required = true, value_parser = written::line)]
        clauses: Vec<Line>,
        /// Why.
        #[arg(long, default_value = "", value_parser = written::prose)]
        about: Prose,
    },
    /// Begin nothing new under a specification.
    Retire { specification: String },
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Good,
    Service,
}

const COLUMNS: &[shown::Column] = &[
    ("specification", "number"),
    ("name", "name"),
    ("nature", "nature"),
    ("measure", "measure"),
    ("by", "by_name"),
    ("since", "since"),
    ("retired", "retired"),
];

const VERSION_COLUMNS: &[shown::Column] = &[
    ("version", "number"),
    ("what", "label"),
    ("hours each", "value_seconds"),
    ("value", "valuation"),
    ("measure", "measure"),
    ("by", "by_name"),
    ("clauses", "clauses"),
];

impl Specifications {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => {
                let rows = reach.rows("specifications", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Versions(listed) => {
                let rows = reach.rows("versions", &listed.filter(&reach)?)?;
                shown::list(&rows, VERSION_COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Show { specification } => {
                let row = match specification.contains('/') {
                    true => find::<Version>(&reach, specification)?.row,
                    false => find::<Specification>(&reach, specification)?.row,
                };
                shown::one(&row, reach.prints_json());
                Ok(())
            }
            What::Propose { name, nature, measure, decimals, clauses, about } => {
                let act = ProposeSpecification {
                    name: name.clone(),
                    nature: match nature {
                        Kind::Good => Nature::Good,
                        Kind::Service => Nature::Service,
                    },
                    measure: Measure::try_new(measure, *decimals).map_err(Undone::misused)?,
                    clauses: clauses.clone(),
                    about: about.clone(),
                };
                reach.act(&Act::ProposeSpecification(act), &[])
            }
            What::Revise { specification, clauses, about } => {
                let specification = find::<Specification>(&reach, specification)?.named;
                let (clauses, about) = (clauses.clone(), about.clone());
                let act = ReviseSpecification { specification, clauses, about };
                reach.act(&Act::ReviseSpecification(act), &[])
            }
            What::Retire { specification } => {
                let specification = find::<Specification>(&reach, specification)?.named;
                reach.act(&Act::RetireSpecification(RetireSpecification { specification }), &[])
            }
        }
    }
}
