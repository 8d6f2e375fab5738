mod choices;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand};
use federation::act::{
    AdmitMember, AnnounceLeaving, Back, DescribeUnit, Method, RefusePartners, ReleaseBacking,
    SetMethod, SetSigning, SignPact,
};
use federation::rows::Unit;
use federation::{Act, Area, Line, Name, PersonId, Prose, Time};
use measure::Hours;
use node::About;
use serde_json::{Value, json};

use choices::{By, Counted, In};

use crate::listed::Listed;
use crate::named::find;
use crate::reach::{At, Reach};
use crate::said::say;
use crate::undone::Undone;
use crate::{moment, shown, written};

/// Units and their members: join, describe, back, leave.
#[derive(Args)]
#[command(after_help = "Examples:
  artel unit list
  artel unit join Bakery --me Rosa --place \"Mill Lane 3\"
  artel unit invite \"Olga, the potter\"
  artel unit signing contracts two-members
  artel unit signing members more-than-half
  artel unit method two-thirds --consent 3
  artel unit standing Mill
  artel unit back Pottery 5
  artel unit leave")]
pub(crate) struct Units {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The units.
    List {
        /// Also those that left.
        #[arg(long)]
        all: bool,
    },
    /// One unit, by name or number; ours if none is named.
    Show { unit: Option<String> },
    /// The members of a unit; who they are is told to members only.
    Members(Listed),
    /// Join as a new unit, as somebody new to the record.
    Join {
        /// The unit's name.
        name: String,
        /// What you are called; only members see it.
        #[arg(long)]
        me: String,
        /// Where it is.
        #[arg(long, default_value = "")]
        place: String,
    },
    /// Join a unit by an invite.
    JoinByInvite {
        /// What the invite's link ends with.
        code: String,
        /// What you are called; only members see it.
        #[arg(long)]
        me: String,
    },
    /// Begin a new unit, as somebody whom the record knows and who is in no unit now.
    Begin {
        #[arg(value_parser = written::name)]
        name: Name,
        /// Where it is.
        #[arg(long, default_value = "", value_parser = written::line)]
        place: Line,
    },
    /// Sign the pact for a row of the founding list.
    Sign { unit: String },
    /// Take up the row of a unit that left.
    Return { unit: String },
    /// Invite somebody with a link; two members sign, unless the unit has set another rule.
    Invite { label: String },
    /// Take somebody without a device into the unit; two members act for them.
    Admit {
        /// What they are called; only members see it.
        name: String,
    },
    /// Say where the unit is and what it does.
    Describe {
        #[arg(long, default_value = "", value_parser = written::line)]
        place: Line,
        /// In which area it is at home, from wide to narrow: `valley/mill`.
        #[arg(long, value_parser = written::area)]
        area: Option<Area>,
        #[arg(value_parser = written::prose)]
        description: Prose,
    },
    /// Say with which units rounds do not join yours, in place of those you named before; none if
    /// rounds may join it with all.
    RefusePartners {
        /// By name or number.
        units: Vec<String>,
    },
    /// Change who may sign what; more than half of the members sign.
    Signing {
        #[arg(value_enum)]
        matter: In,
        #[arg(value_enum)]
        rule: By,
    },
    /// Change how the unit decides; more than half of the members sign. Shows it if none is named.
    Method {
        /// How ballots are counted.
        #[arg(value_enum)]
        count: Option<Counted>,
        /// How often consent is tried first, up to 3.
        #[arg(long, default_value_t = 0, requires = "count")]
        consent: u8,
    },
    /// Whether a unit has weight in what the whole decides, and what is missing; ours if none is
    /// named.
    Standing { unit: Option<String> },
    /// Who of the unit has named helpers for a lost key, and whom.
    Helpers,
    /// What waits for another member to sign the same.
    Waiting,
    /// Sign what waits, by its number in that list.
    SignWaiting { number: u64 },
    /// Who backs whom.
    Backings(Listed),
    /// Lend free room of our own base.
    Back {
        unit: String,
        #[arg(value_parser = written::hours)]
        hours: Hours,
    },
    /// Take lent room back, as far as it is free.
    Release {
        unit: String,
        #[arg(value_parser = written::hours)]
        hours: Hours,
    },
    /// Say that the unit will leave, so that it can first use up what it is owed.
    AnnounceLeaving {
        #[arg(value_parser = moment::parse)]
        by: Time,
    },
    /// The unit leaves, always, and at once when more than half of its members have signed, unless
    /// it has set another rule.
    Leave,
    /// Leave your unit, at once and always.
    MemberLeaves,
}

const COLUMNS: &[shown::Column] = &[
    ("unit", "number"),
    ("name", "name"),
    ("standing", "standing"),
    ("members", "counted_members"),
    ("entitlement", "entitlement_seconds"),
    ("allowance", "allowance_seconds"),
    ("room", "room_seconds"),
    ("place", "place"),
];

const PERSON_COLUMNS: &[shown::Column] =
    &[("person", "number"), ("name", "name"), ("contact", "contact"), ("id", "person")];

const BACKING_COLUMNS: &[shown::Column] = &[
    ("backer", "backer_name"),
    ("backs", "backed_name"),
    ("hours", "lent_seconds"),
    ("asked back", "releasing_seconds"),
];

const WAITING_COLUMNS: &[shown::Column] = &[
    ("number", "number"),
    ("unit", "unit_name"),
    ("what", "says"),
    ("in full", "lines"),
    ("signed by", "signed"),
];

const HELPER_COLUMNS: &[shown::Column] =
    &[("person", "number"), ("name", "name"), ("helpers", "helpers"), ("needed", "helpers_needed")];

impl Units {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match self.reads(&reach) {
            Some(done) => done,
            None => self.does(&reach),
        }
    }

    fn reads(&self, reach: &Reach) -> Option<Result<(), Undone>> {
        let (table, filter, columns) = match &self.what {
            What::Show { unit } => return Some(show(reach, unit.as_deref())),
            What::Standing { unit } => return Some(standing(reach, unit.as_deref())),
            What::Method { count: None, .. } => return Some(method(reach)),
            What::Helpers => {
                let unit = our_unit(reach).map(|unit| format!("&unit={unit}"));
                ("persons", unit, HELPER_COLUMNS)
            }
            What::List { all } => {
                ("units", Ok(if *all { "" } else { "&open=true" }.to_owned()), COLUMNS)
            }
            What::Members(listed) => ("persons", listed.filter(reach), PERSON_COLUMNS),
            What::Backings(listed) => ("backings", listed.filter(reach), BACKING_COLUMNS),
            What::Waiting => ("waiting", Ok(String::new()), WAITING_COLUMNS),
            _ => return None,
        };
        // These tables know nothing that is over.
        let filter = filter.map(|filter| match table {
            "units" => filter,
            _ => filter.replace("&open=true", ""),
        });
        Some(filter.and_then(|filter| {
            shown::list(&reach.rows(table, &filter)?, columns, reach.prints_json());
            Ok(())
        }))
    }

    fn does(&self, reach: &Reach) -> Result<(), Undone> {
        let unit = |unit: &String| Ok::<_, Undone>(find::<Unit>(reach, unit)?.named);
        let act = match &self.what {
            What::Join { name, me, place } => {
                let body = json!({ "name": name, "place": place, "about": { "name": me } });
                return said(reach, "/join", &body);
            }
            What::JoinByInvite { code, me } => {
                // A whole link does as well.
                let code = code.rsplit('/').next().unwrap_or(code);
                let body = json!({ "code": code, "about": { "name": me } });
                return said(reach, "/join-by-invite", &body);
            }
            What::Invite { label } => return invite(reach, label),
            What::Admit { name } => return admit(reach, name),
            What::SignWaiting { number } => return sign_waiting(reach, *number),
            What::Begin { name, place } => {
                let (name, place) = (name.clone(), place.clone());
                Act::SignPact(SignPact::NewUnit { name, place })
            }
            What::Sign { unit: named } => Act::SignPact(SignPact::Founding { unit: unit(named)? }),
            What::Return { unit: named } => Act::SignPact(SignPact::Return { unit: unit(named)? }),
            What::Describe { place, area, description } => {
                let (place, description) = (place.clone(), description.clone());
                Act::DescribeUnit(DescribeUnit { place, area: area.clone(), description })
            }
            What::RefusePartners { units } => {
                let units = units.iter().map(unit).collect::<Result<_, _>>()?;
                Act::RefusePartners(RefusePartners { units })
            }
            What::Signing { matter, rule } => {
                Act::SetSigning(SetSigning { matter: matter.matter(), signing: rule.signing() })
            }
            What::Method { count: Some(count), consent } => Act::SetMethod(SetMethod {
                method: Method { consent_tries: *consent, count: count.count() },
            }),
            What::Back { unit: named, hours } => {
                Act::Back(Back { unit: unit(named)?, hours: *hours })
            }
            What::Release { unit: named, hours } => {
                Act::ReleaseBacking(ReleaseBacking { unit: unit(named)?, hours: *hours })
            }
            What::AnnounceLeaving { by } => Act::AnnounceLeaving(AnnounceLeaving { by: *by }),
            What::Leave => Act::Leave {},
            What::MemberLeaves => Act::MemberLeaves {},
            What::List { .. }
            | What::Show { .. }
            | What::Members(_)
            | What::Backings(_)
            | What::Method { count: None, .. }
            | What::Standing { .. }
            | What::Helpers
            | What::Waiting => return Ok(()),
        };
        reach.act(&act, &[])
    }
}

/// The row of a unit; of ours if none is named.
fn row_of(reach: &Reach, unit: Option<&str>) -> Result<Value, Undone> {
    let named = match unit {
        Some(unit) => unit.to_owned(),
        None => our_unit(reach)?,
    };
    Ok(find::<Unit>(reach, &named)?.row)
}

fn show(reach: &Reach, unit: Option<&str>) -> Result<(), Undone> {
    shown::one(&row_of(reach, unit)?, reach.prints_json());
    Ok(())
}

/// How our unit decides.
fn method(reach: &Reach) -> Result<(), Undone> {
    let row = row_of(reach, None)?;
    match reach.prints_json() {
        true => say!("{:#}", json!({ "method": row["method"] })),
        false => say!("decides {}", shown::shown(&row, "method")),
    }
    Ok(())
}

/// What a unit has, and what it still lacks, to have weight.
fn standing(reach: &Reach, unit: Option<&str>) -> Result<(), Undone> {
    let row = row_of(reach, unit)?;
    if reach.prints_json() {
        let (weight, enrolled) = (&row["weight"], &row["enrolled"]);
        say!("{:#}", json!({ "name": row["name"], "enrolled": enrolled, "weight": weight }));
        return Ok(());
    }
    say!("{}", shown::shown(&row, "name"));
    for line in row["weight"].as_array().into_iter().flatten() {
        say!("  {}", line.as_str().unwrap_or_default());
    }
    let (members, base) =
        (shown::shown(&row, "counted_members"), shown::shown(&row, "base_seconds"));
    say!("  Members that count: {members}. Base: {base} hours.");
    Ok(())
}

/// The number of the unit of whoever is signed in.
fn our_unit(reach: &Reach) -> Result<String, Undone> {
    let session = reach.get("/session")?;
    let federation = reach.federation()?;
    let mut seats = session["seats"].as_array().into_iter().flatten();
    let here = seats
        .find(|seat| seat["federation"].as_str().is_some_and(|id| id.starts_with(&federation)));
    let number = here.and_then(|seat| seat["unit"].as_u64());
    number.map(|number| number.to_string()).ok_or_else(|| {
        Undone::refused("you are in no unit of this federation; name the unit that you mean")
    })
}

fn said(reach: &Reach, path: &str, body: &Value) -> Result<(), Undone> {
    let answer = reach.post(&reach.of_federation(path)?, body)?;
    reach.say_recorded(&answer);
    Ok(())
}

fn invite(reach: &Reach, label: &str) -> Result<(), Undone> {
    let federation = reach.federation()?;
    let answer = reach.post(&format!("/f/{federation}/invites"), &json!({ "label": label }))?;
    if reach.prints_json() {
        say!("{answer:#}");
        return Ok(());
    }
    reach.say_recorded(&answer["recorded"]);
    let code = answer["code"].as_str().unwrap_or_default();
    let when = match answer["recorded"]["outcome"]["effect"].as_str() {
        Some("gathering") => "once another member has signed",
        _ => "now",
    };
    say!(
        "Hand them this link; it works {when}, and once:\n{}/f/{federation}/invite/{code}",
        reach.node()
    );
    Ok(())
}

fn admit(reach: &Reach, name: &str) -> Result<(), Undone> {
    let body = About::called(name).to_body()?;
    let person = PersonId(record::random().map_err(Undone::refused)?);
    let act = AdmitMember { person, key: None, about: Some(body.id()) };
    reach.act(&Act::AdmitMember(act), &[STANDARD.encode(body.to_bytes())])
}

fn sign_waiting(reach: &Reach, number: u64) -> Result<(), Undone> {
    let rows = reach.rows("waiting", "")?;
    let row = rows.iter().find(|row| row["number"] == number);
    let act = row.map(|row| &row["act"]).ok_or_else(|| {
        Undone::refused(format!("nothing waits as number {number}; see `artel unit waiting`"))
    })?;
    reach.act_as_json(act, &[])
}
