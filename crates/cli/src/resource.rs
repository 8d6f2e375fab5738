use clap::{Args, Subcommand};
use federation::act::{
    ClaimResource, Dispute, Disputed, Objection, Register, Release, ReportUse, Settle,
    WeighOptions, WriteOption,
};
use federation::rows::{Claim, Conflict, Contribution, Delivery, Mandate, Resource, Unit, Version};
use federation::{Act, Line, Name, PersonId, Prose, Time};
use measure::Hours;

use crate::listed::Listed;
use crate::named::find;
use crate::reach::At;
use crate::undone::Undone;
use crate::{moment, options, shown, written};

/// Resources: who claims and uses them, and how overlapping claims are settled.
#[derive(Args)]
#[command(after_help = "Examples:
  artel resource list
  artel resource register \"Sawmill\" --place \"Weir Road 1\"
  artel resource claim 1 \"cutting beams\" 20 --from 2026-05-01 --until 2026-05-31 --worker PERSON
  artel resource use 1 6 --from \"2026-05-02 08:00\" --until \"2026-05-02 16:00\" --made beam/1
  artel resource conflicts
  artel resource weigh 1 --support 2 --object \"5:four weeks are too long\"")]
pub(crate) struct Resources {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// All resources.
    List(Listed),
    /// One resource.
    Show { resource: String },
    /// All claims.
    Claims(Listed),
    /// How resources were used.
    Uses(Listed),
    /// All conflicts.
    Conflicts(Listed),
    /// One conflict.
    Conflict { conflict: String },
    /// Write a resource down.
    Register {
        /// What it is called.
        #[arg(value_parser = written::name)]
        name: Name,
        /// Where it is.
        #[arg(long, default_value = "", value_parser = written::line)]
        place: Line,
        /// What it is.
        #[arg(long, default_value = "", value_parser = written::prose)]
        about: Prose,
    },
    /// Claim a resource for your unit.
    Claim {
        /// The resource, by number.
        resource: String,
        /// What for.
        #[arg(value_parser = written::line)]
        purpose: Line,
        /// How many hours of its use.
        #[arg(value_parser = written::hours)]
        hours: Hours,
        /// From then on.
        #[arg(long, value_parser = moment::parse)]
        from: Time,
        /// Until then.
        #[arg(long, value_parser = moment::parse)]
        until: Time,
        /// A member who will work with it, by their id; again for each.
        #[arg(long = "worker", required = true)]
        workers: Vec<PersonId>,
        /// A unit that depends on it; again for each.
        #[arg(long = "dependent")]
        dependents: Vec<String>,
    },
    /// Give a claim up.
    Release { claim: String },
    /// Report hours of use.
    Use {
        /// The resource, by number.
        resource: String,
        /// How many hours.
        #[arg(value_parser = written::hours)]
        hours: Hours,
        /// From then on.
        #[arg(long, value_parser = moment::parse)]
        from: Time,
        /// Until then.
        #[arg(long, value_parser = moment::parse)]
        until: Time,
        /// What was made with it, such as `beam/1`; again for each.
        #[arg(long)]
        made: Vec<String>,
        /// What else there is to say.
        #[arg(long, default_value = "", value_parser = written::line)]
        note: Line,
    },
    /// Dispute a rejected delivery or contribution, a settlement that is not kept, or a mandate of
    /// another unit that was exceeded.
    Dispute {
        /// Which kind of thing.
        kind: Kind,
        /// Its number; of a settlement, that of the conflict.
        number: String,
        /// What you say to it.
        #[arg(value_parser = written::prose)]
        why: Prose,
    },
    /// Sign a text; when all parties have signed the same, it settles the conflict.
    Settle {
        /// The conflict, by number.
        conflict: String,
        /// What you agree on.
        #[arg(value_parser = written::prose)]
        text: Prose,
    },
    /// Write an option, as a mediator.
    Option {
        /// The conflict, by number.
        conflict: String,
        /// What they could do.
        #[arg(value_parser = written::prose)]
        text: Prose,
    },
    /// Say which options you support, and to which you object.
    Weigh {
        /// The conflict, by number.
        conflict: String,
        /// An option that you support, by the number that `conflict` lists it with; again for each.
        #[arg(long = "support", value_parser = options::read)]
        supports: Vec<u8>,
        /// An option that you object to, with the reason, as `5:too long`; again for each.
        #[arg(long = "object", value_parser = objection)]
        objects: Vec<Objection>,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Delivery,
    Contribution,
    Settlement,
    Mandate,
}

fn objection(text: &str) -> Result<Objection, String> {
    let (option, reason) = text.split_once(':').ok_or("write an objection as `5:too long`")?;
    let option = options::read(option)?;
    Ok(Objection { option, reason: written::line(reason.trim())? })
}

const RESOURCES: &[shown::Column] = &[
    ("resource", "number"),
    ("name", "name"),
    ("where", "place"),
    ("claimed", "claimed_seconds"),
    ("used", "used_seconds"),
];

const CLAIMS: &[shown::Column] = &[
    ("claim", "number"),
    ("resource", "resource_name"),
    ("unit", "unit_name"),
    ("hours", "seconds"),
    ("from", "from"),
    ("until", "until"),
    ("for", "purpose"),
];

const USES: &[shown::Column] = &[
    ("use", "number"),
    ("resource", "resource"),
    ("unit", "unit_name"),
    ("hours", "seconds"),
    ("from", "from"),
    ("until", "until"),
];

const CONFLICTS: &[shown::Column] = &[
    ("conflict", "number"),
    ("between", "says"),
    ("how far", "how"),
    ("what holds", "settlement"),
];

impl Resources {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let listed = |table: &str, listed: &Listed, columns| {
            let rows = reach.rows(table, &listed.filter(&reach)?)?;
            shown::list(&rows, columns, reach.prints_json());
            Ok::<_, Undone>(())
        };
        let resource = |text: &str| Ok::<_, Undone>(find::<Resource>(&reach, text)?.named);
        let conflict = |text: &str| Ok::<_, Undone>(find::<Conflict>(&reach, text)?.named);
        let act = match &self.what {
            What::List(what) => return listed("resources", what, RESOURCES),
            What::Claims(what) => return listed("claims", what, CLAIMS),
            What::Uses(what) => return listed("uses", what, USES),
            What::Conflicts(what) => return listed("conflicts", what, CONFLICTS),
            What::Show { resource } => {
                shown::one(&find::<Resource>(&reach, resource)?.row, reach.prints_json());
                return Ok(());
            }
            What::Conflict { conflict } => {
                let row = find::<Conflict>(&reach, conflict)?.row;
                let as_json = reach.prints_json();
                shown::one(&if as_json { row } else { options::numbered(row) }, as_json);
                return Ok(());
            }
            What::Register { name, place, about } => {
                let (name, place, about) = (name.clone(), place.clone(), about.clone());
                Act::Register(Register { name, place, about })
            }
            What::Claim { resource: named, purpose, hours, from, until, workers, dependents } => {
                let dependents = dependents.iter();
                let dependents = dependents.map(|unit| Ok(find::<Unit>(&reach, unit)?.named));
                Act::Claim(ClaimResource {
                    resource: resource(named)?,
                    purpose: purpose.clone(),
                    hours: *hours,
                    from: *from,
                    until: *until,
                    workers: workers.clone(),
                    dependents: dependents.collect::<Result<_, Undone>>()?,
                })
            }
            What::Release { claim } => {
                Act::Release(Release { claim: find::<Claim>(&reach, claim)?.named })
            }
            What::Use { resource: named, hours, from, until, made, note } => {
                let made = made.iter().map(|version| Ok(find::<Version>(&reach, version)?.named));
                Act::ReportUse(ReportUse {
                    resource: resource(named)?,
                    hours: *hours,
                    from: *from,
                    until: *until,
                    made: made.collect::<Result<_, Undone>>()?,
                    note: note.clone(),
                })
            }
            What::Dispute { kind, number, why } => {
                let about = match kind {
                    Kind::Delivery => {
                        Disputed::Delivery { delivery: find::<Delivery>(&reach, number)?.named }
                    }
                    Kind::Contribution => Disputed::Contribution {
                        contribution: find::<Contribution>(&reach, number)?.named,
                    },
                    Kind::Settlement => Disputed::Settlement { conflict: conflict(number)? },
                    Kind::Mandate => {
                        Disputed::Mandate { mandate: find::<Mandate>(&reach, number)?.named }
                    }
                };
                Act::Dispute(Dispute { about, why: why.clone() })
            }
            What::Settle { conflict: named, text } => {
                let (conflict, text) = (conflict(named)?, text.clone());
                Act::Settle(Settle { conflict, text, turns: None })
            }
            What::Option { conflict: named, text } => {
                let (conflict, text) = (conflict(named)?, text.clone());
                Act::WriteOption(WriteOption { conflict, text, turns: None })
            }
            What::Weigh { conflict: named, supports, objects } => Act::WeighOptions(WeighOptions {
                conflict: conflict(named)?,
                supports: supports.clone(),
                objects: objects.clone(),
            }),
        };
        reach.act(&act, &[])
    }
}
