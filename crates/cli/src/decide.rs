use clap::{Args, Subcommand};
use federation::act::{
    AcceptPact, BallotAct, CountRoom, Failure, ListRow, Propose, Question, RoomVotes, SealAct,
    Vote, WithdrawProposal,
};
use federation::rows::{Contract, Delivery, Proposal, Unit, Version};
use federation::{Act, Line, Prose, Time};
use measure::{Hours, Value};

use crate::listed::Listed;
use crate::named::{Named, find, person};
use crate::reach::{At, Reach};
use crate::undone::Undone;
use crate::{moment, options, shown, written};

/// What is put to the vote, of the whole federation or of your unit.
///
/// Nobody closes a poll: it is counted when its time is over, each unit by its own method.
#[derive(Args)]
#[command(after_help = "Examples:
  artel decide list
  artel decide show 3
  artel decide propose text --text \"We recommend a day for the mill.\" --closes 21d
  artel decide propose own --text \"Which wall?\" --option \"the north wall\" --option \"both\" --closes 7d
  artel decide propose pact notice_days=14 --text \"More time to read.\" --closes 21d
  artel decide draft-list
  artel decide propose list --text \"The list of May.\" --closes 21d
  artel decide vote 3 1 --reason \"it is time\"
  artel decide count 3 --there Rosa --there Karim --there Anna --votes 2=1 --votes 1=abstain
  artel decide seal 3")]
pub(crate) struct Decide {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Proposals, open ones unless you ask for all.
    List(Listed),
    /// One proposal: who votes, the rule, and how both majorities stand.
    Show { proposal: String },
    /// Put a question to the vote.
    Propose(Proposed),
    /// Vote. Options have the numbers that `show` lists them with.
    Vote {
        proposal: String,
        /// One option. Where your unit counts approvals: 1,3 for those that you approve of. Where it
        /// counts scores or ranks, one for each option in turn: 2,-1,0 or 1,0,2. `abstain` to say
        /// nothing.
        #[arg(allow_hyphen_values = true)]
        vote: String,
        /// Why.
        #[arg(long, default_value = "", value_parser = written::line)]
        reason: Line,
        /// How your unit counts.
        #[arg(long, value_enum, default_value = "choose")]
        form: Form,
    },
    /// The month's list of members, bases and enrolment, as Artel drafts it.
    DraftList,
    /// Enter votes cast in a room; three who were there sign the same, or all where you are fewer.
    Count {
        proposal: String,
        /// Who was there, by name, number or id; again for each.
        #[arg(long, required = true)]
        there: Vec<String>,
        /// How many said which option, as `3=1`, or `1=2:too loud` with the reason; again for each.
        #[arg(long, required = true, allow_hyphen_values = true)]
        votes: Vec<String>,
        /// How your unit counts.
        #[arg(long, value_enum, default_value = "choose")]
        form: Form,
    },
    /// Sign to seal what your unit says before the poll closes.
    Seal { proposal: String },
    /// Take a proposal of yours back, before anybody has voted.
    Withdraw { proposal: String },
    /// Accept a later version of the pact for your unit.
    AcceptPact { proposal: String },
}

#[derive(Args)]
struct Proposed {
    #[command(subcommand)]
    question: Asked,
}

#[derive(Subcommand)]
enum Asked {
    /// To the whole: what it recommends; binds nobody.
    Text {
        #[command(flatten)]
        words: Words,
    },
    /// To your unit: anything, with options of its own.
    Own {
        /// What can be chosen. Several; none where it is yes or no.
        #[arg(long = "option", value_parser = written::line)]
        options: Vec<Line>,
        #[command(flatten)]
        words: Words,
    },
    /// To the whole: another pact, by the parameters that change.
    Pact {
        /// What changes: `notice_days=14`. `artel pact show` lists all.
        #[arg(required = true)]
        changes: Vec<String>,
        #[command(flatten)]
        words: Words,
    },
    /// To the whole: that it stands behind a version of a specification.
    Specification {
        /// The version: `bread/2`.
        version: String,
        #[command(flatten)]
        words: Words,
    },
    /// To the whole: at which value a version is agreed.
    Value {
        /// The version: `bread/2`.
        version: String,
        /// Hours for one whole: `1:30`.
        #[arg(value_parser = written::value)]
        value: Value,
        #[command(flatten)]
        words: Words,
    },
    /// To the whole: the month's list, as `draft-list` shows it.
    List {
        #[command(flatten)]
        rows: Rows,
        #[command(flatten)]
        words: Words,
    },
    /// To the whole: whether a unit that kept failing is still in.
    Expel {
        /// The unit.
        unit: String,
        /// A failure that you cite, three in all: `delivery=4` for a rejected one, `contract=7` for
        /// one overdue.
        #[arg(long = "failure", required = true)]
        failures: Vec<String>,
        #[command(flatten)]
        words: Words,
    },
}

#[derive(Args, Clone)]
struct Rows {
    /// A unit of the draft that stays out; again for each.
    #[arg(long)]
    without: Vec<String>,
    /// A row of your own, as `Bakery; 4; 80:00; yes`: members that count, base, weight; again for
    /// each.
    #[arg(long)]
    row: Vec<String>,
}

#[derive(Args, Clone)]
struct Words {
    /// What is proposed, and why.
    #[arg(long, value_parser = written::prose)]
    text: Prose,
    /// When the poll closes: `2026-05-01`, or `21d` from now.
    #[arg(long, value_parser = moment::parse)]
    closes: Time,
    /// The earlier proposal that this puts forward again.
    #[arg(long)]
    again: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Choose,
    Approve,
    Score,
    Rank,
}

const COLUMNS: &[shown::Column] = &[
    ("proposal", "number"),
    ("about", "about"),
    ("by", "unit_name"),
    ("to", "to"),
    ("course", "course"),
    ("voting from", "notice_until"),
    ("closes", "closes"),
];

const DRAFT_COLUMNS: &[shown::Column] = &[
    ("unit", "unit_name"),
    ("members that count", "counted_members"),
    ("base", "base_seconds"),
    ("weight", "enrolled"),
];

impl Decide {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        let named =
            |text: &str| find::<Proposal>(&reach, text).map(|found: Named<Proposal>| found.named);
        let act = match &self.what {
            What::List(listed) => {
                let rows = reach.rows("proposals", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Show { proposal } => {
                let row = find::<Proposal>(&reach, proposal)?.row;
                let as_json = reach.prints_json();
                shown::one(&if as_json { row } else { options::numbered(row) }, as_json);
                return Ok(());
            }
            What::Propose(proposed) => {
                let (question, options, words) = proposed.question.read(&reach)?;
                let again = words.again.as_deref().map(named).transpose()?;
                let (text, closes) = (words.text.clone(), words.closes);
                Act::Propose(Propose { question, options, text, again, circle: None, closes })
            }
            What::Vote { proposal, vote, reason, form } => Act::Ballot(BallotAct {
                proposal: named(proposal)?,
                vote: read_vote(vote, *form)?,
                reason: reason.clone(),
            }),
            What::DraftList => {
                let rows = reach.rows("draft-list", "")?;
                shown::list(&rows, DRAFT_COLUMNS, reach.prints_json());
                return Ok(());
            }
            What::Count { proposal, there, votes, form } => {
                let present = there.iter().map(|text| person(&reach, text));
                let votes = votes.iter().map(|text| room_votes(text, *form));
                Act::CountRoom(CountRoom {
                    proposal: named(proposal)?,
                    present: present.collect::<Result<_, _>>()?,
                    votes: votes.collect::<Result<_, _>>()?,
                })
            }
            What::Seal { proposal } => Act::Seal(SealAct { proposal: named(proposal)? }),
            What::Withdraw { proposal } => {
                Act::WithdrawProposal(WithdrawProposal { proposal: named(proposal)? })
            }
            What::AcceptPact { proposal } => {
                Act::AcceptPact(AcceptPact { proposal: named(proposal)? })
            }
        };
        reach.act(&act, &[])
    }
}

impl Asked {
    fn read(&self, reach: &Reach) -> Result<(Question, Vec<Line>, &Words), Undone> {
        Ok(match self {
            Self::Text { words } => (Question::Text {}, Vec::new(), words),
            Self::Own { options, words } => (Question::Own {}, options.clone(), words),
            Self::Pact { changes, words } => {
                let pact = crate::pact::changed(&crate::pact::in_force(reach)?, changes)?;
                (Question::Pact(Box::new(pact)), Vec::new(), words)
            }
            Self::Specification { version, words } => {
                let version = find::<Version>(reach, version)?.named;
                (Question::Specification { version }, Vec::new(), words)
            }
            Self::Value { version, value, words } => {
                let version = find::<Version>(reach, version)?.named;
                (Question::Value { version, value: *value }, Vec::new(), words)
            }
            Self::List { rows, words } => (Question::List(rows.read(reach)?), Vec::new(), words),
            Self::Expel { unit, failures, words } => {
                let unit = find::<Unit>(reach, unit)?.named;
                let failures = failures.iter().map(|text| failure(reach, text));
                let failures = failures.collect::<Result<_, _>>()?;
                (Question::Expel { unit, failures }, Vec::new(), words)
            }
        })
    }
}

impl Rows {
    /// The draft without some units, and rows of one's own.
    fn read(&self, reach: &Reach) -> Result<Vec<ListRow>, Undone> {
        let without = self.without.iter().map(|unit| Ok(find::<Unit>(reach, unit)?.named));
        let without = without.collect::<Result<Vec<_>, Undone>>()?;
        let draft = reach.rows("draft-list", "")?;
        let drafted = draft.iter().map(|row| drafted(reach, row));
        let mut rows = drafted.collect::<Result<Vec<_>, _>>()?;
        rows.retain(|row| !without.contains(&row.unit));
        for text in &self.row {
            rows.push(list_row(reach, text)?);
        }
        Ok(rows)
    }
}

/// A row of the draft as a proposal names it.
fn drafted(reach: &Reach, row: &serde_json::Value) -> Result<ListRow, Undone> {
    let counted = row["counted_members"].as_u64().and_then(|n| u32::try_from(n).ok());
    let base = row["base_seconds"].as_i64().and_then(Hours::from_seconds);
    let unread = || Undone::refused("the node's draft of a list cannot be read");
    Ok(ListRow {
        unit: find::<Unit>(reach, &row["unit"].to_string())?.named,
        counted_members: counted.ok_or_else(unread)?,
        base: base.ok_or_else(unread)?,
        enrolled: row["enrolled"].as_bool().ok_or_else(unread)?,
    })
}

/// `Bakery; 4; 80:00; yes`.
fn list_row(reach: &Reach, text: &str) -> Result<ListRow, Undone> {
    let wrong = || {
        Undone::misused(format!("`{text}` is no row of a list; write one as Bakery; 4; 80:00; yes"))
    };
    let parts: Vec<&str> = text.split(';').map(str::trim).collect();
    let [unit, counted, base, weight] = parts.as_slice() else { return Err(wrong()) };
    Ok(ListRow {
        unit: find::<Unit>(reach, unit)?.named,
        counted_members: counted.parse().map_err(|_| wrong())?,
        base: Hours::parse(base).map_err(|_| wrong())?,
        enrolled: match *weight {
            "yes" => true,
            "no" => false,
            _ => return Err(wrong()),
        },
    })
}

/// `delivery=4` or `contract=7`.
fn failure(reach: &Reach, text: &str) -> Result<Failure, Undone> {
    match text.split_once('=') {
        Some(("delivery", number)) => {
            Ok(Failure::Rejected { delivery: find::<Delivery>(reach, number)?.named })
        }
        Some(("contract", number)) => {
            Ok(Failure::Overdue { contract: find::<Contract>(reach, number)?.named })
        }
        _ => Err(Undone::misused(format!(
            "`{text}` is no failure; write delivery=4 for a rejected delivery, contract=7 for an \
             overdue contract"
        ))),
    }
}

/// `3=1`, or `1=2:too loud`.
fn room_votes(text: &str, form: Form) -> Result<RoomVotes, Undone> {
    let wrong = || Undone::misused(format!("`{text}` says not how many said what; write 3=1"));
    let (count, said) = text.split_once('=').ok_or_else(wrong)?;
    let (vote, reason) = said.split_once(':').unwrap_or((said, ""));
    Ok(RoomVotes {
        vote: read_vote(vote.trim(), form)?,
        reason: Line::parse(reason.trim()).map_err(Undone::misused)?,
        count: count.trim().parse().map_err(|_| wrong())?,
    })
}

fn read_vote(text: &str, form: Form) -> Result<Vote, Undone> {
    fn numbers<T: std::str::FromStr>(text: &str) -> Result<Vec<T>, Undone> {
        let wrong =
            |part: &str| Undone::misused(format!("`{part}` is no number; write them as 2,-1,0"));
        text.split(',').map(|part| part.trim().parse().map_err(|_| wrong(part))).collect()
    }
    let option = |text: &str| options::read(text).map_err(Undone::misused);
    if text == "abstain" {
        return Ok(Vote::Abstain {});
    }
    Ok(match form {
        Form::Choose => Vote::Choose(option(text)?),
        Form::Approve => Vote::Approve(text.split(',').map(option).collect::<Result<_, _>>()?),
        Form::Score => Vote::Score(numbers(text)?),
        Form::Rank => Vote::Rank(numbers(text)?),
    })
}
