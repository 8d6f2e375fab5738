use clap::{Args, Subcommand};
use federation::act::{
    Election, Instruction, LayDownMandate, MandateTerms, NumberRange, Propose, Question, Recall,
};
use federation::rows::{Mandate, Proposal, Version};
use federation::{Act, Name, Prose, Time};
use measure::Value;

use crate::listed::Listed;
use crate::named::{find, person};
use crate::reach::{At, Reach};
use crate::undone::Undone;
use crate::{moment, shown, written};

/// Delegates: whom units have sent, with what, and how they are taken back.
///
/// A unit sends somebody by a poll of its members: `send` and `elect` begin it, `artel decide vote`
/// votes on it.
#[derive(Args)]
#[command(after_help = "Examples:
  artel delegate list
  artel delegate show 3
  artel delegate send Karl \"the mill race\" --until 90d --text \"somebody should go\" --closes 7d
  artel delegate send Karl \"notice\" --range notice-days=7..14 --until 90d --text … --closes 7d
  artel delegate elect \"the council of the mill\" --stands Karl --stands Emma --seats 1 --until 90d …
  artel delegate recall 3")]
pub(crate) struct Delegates {
    #[command(flatten)]
    at: At,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The mandates that hold.
    List(Listed),
    /// One mandate.
    Show { mandate: String },
    /// Propose to your unit to send a member with an instruction.
    Send {
        /// Whom, by name, number or id.
        delegate: String,
        #[command(flatten)]
        terms: Terms,
    },
    /// Propose to your unit to elect several by transferable votes.
    Elect {
        #[command(flatten)]
        terms: Terms,
        /// Who stands, by name, number or id; again for each.
        #[arg(long, required = true)]
        stands: Vec<String>,
        /// How many are elected.
        #[arg(long, default_value_t = 1)]
        seats: u8,
    },
    /// Sign to take a delegate back; it holds with the last signature that it needs.
    Recall { mandate: String },
    /// Give a mandate of your own back.
    LayDown { mandate: String },
}

/// With what somebody is sent, and how long the unit votes on it.
#[derive(Args)]
struct Terms {
    /// On what they speak for the unit.
    #[arg(value_parser = written::name)]
    matter: Name,
    /// When the mandate ends, at most 183 days after the poll has closed: `2026-05-01`, or `90d`.
    #[arg(long, value_parser = moment::parse)]
    until: Time,
    /// They say yes to a number between two others: `notice-days=7..14` of the pact, or of a value
    /// `bread/2=0:15..0:20`. Without it and a position they listen and speak.
    #[arg(long, conflicts_with = "position")]
    range: Option<String>,
    /// They say yes to exactly this proposal, which is open, by its number.
    #[arg(long)]
    position: Option<String>,
    /// What you propose, and why.
    #[arg(long, value_parser = written::prose)]
    text: Prose,
    /// When the poll closes: `2026-05-01`, or `7d` from now.
    #[arg(long, value_parser = moment::parse)]
    closes: Time,
}

impl Terms {
    fn read(&self, reach: &Reach) -> Result<MandateTerms, Undone> {
        let instruction = match (&self.range, &self.position) {
            (Some(range), _) => Instruction::Range(read_range(reach, range)?),
            (None, Some(proposal)) => position(reach, proposal)?,
            (None, None) => Instruction::Voice {},
        };
        Ok(MandateTerms { matter: self.matter.clone(), instruction, until: self.until })
    }

    fn propose(&self, question: Question) -> Act {
        let (text, closes) = (self.text.clone(), self.closes);
        Act::Propose(Propose {
            question,
            options: Vec::new(),
            text,
            again: None,
            circle: None,
            closes,
        })
    }
}

/// Yes to exactly what a proposal asks.
fn position(reach: &Reach, proposal: &str) -> Result<Instruction, Undone> {
    let row = find::<Proposal>(reach, proposal)?.row;
    let unread = |error| Undone::refused(format!("proposal {proposal} cannot be read: {error}"));
    let question: Question = serde_json::from_value(row["question"].clone()).map_err(unread)?;
    let text = match question {
        Question::Text {} => row["text"].as_str().unwrap_or_default(),
        _ => "",
    };
    let text = Prose::parse(text).map_err(Undone::refused)?;
    Ok(Instruction::Bound { question: Box::new(question), text })
}

/// `notice-days=7..14`, or `bread/2=0:15..0:20`.
fn read_range(reach: &Reach, text: &str) -> Result<NumberRange, Undone> {
    let wrong = || {
        Undone::misused(format!(
            "`{text}` is no range; write notice-days=7..14 for a number of the pact, or \
             bread/2=0:15..0:20 for a value"
        ))
    };
    let (what, numbers) = text.split_once('=').ok_or_else(wrong)?;
    let (least, most) = numbers.split_once("..").ok_or_else(wrong)?;
    let word = serde_json::Value::String(what.to_owned());
    if let Ok(parameter) = serde_json::from_value(word) {
        let number = |text: &str| text.trim().parse().map_err(|_| wrong());
        return Ok(NumberRange::Parameter {
            parameter,
            least: number(least)?,
            most: number(most)?,
        });
    }
    let version = find::<Version>(reach, what)?.named;
    let value = |text: &str| Value::parse(text.trim()).map_err(Undone::misused);
    Ok(NumberRange::Value { version, least: value(least)?, most: value(most)? })
}

const COLUMNS: &[shown::Column] = &[
    ("mandate", "number"),
    ("delegate", "delegate_name"),
    ("unit", "unit_name"),
    ("matter", "matter"),
    ("brings along", "brings"),
    ("until", "until"),
    ("recall needs", "needed"),
];

impl Delegates {
    pub(crate) fn run(&self) -> Result<(), Undone> {
        let reach = self.at.reach()?;
        match &self.what {
            What::List(listed) => {
                let rows = reach.rows("mandates", &listed.filter(&reach)?)?;
                shown::list(&rows, COLUMNS, reach.prints_json());
                Ok(())
            }
            What::Show { mandate } => {
                shown::one(&find::<Mandate>(&reach, mandate)?.row, reach.prints_json());
                Ok(())
            }
            What::Send { delegate, terms } => {
                let delegate = person(&reach, delegate)?;
                let question = Question::Mandate { delegate, terms: terms.read(&reach)? };
                reach.act(&terms.propose(question), &[])
            }
            What::Elect { terms, stands, seats } => {
                let candidates = stands.iter().map(|text| person(&reach, text));
                let candidates = candidates.collect::<Result<_, _>>()?;
                let election = Election { seats: *seats, candidates, terms: terms.read(&reach)? };
                reach.act(&terms.propose(Question::Delegates(Box::new(election))), &[])
            }
            What::Recall { mandate } => {
                let mandate = find::<Mandate>(&reach, mandate)?.named;
                reach.act(&Act::Recall(Recall { mandate }), &[])
            }
            What::LayDown { mandate } => {
                let mandate = find::<Mandate>(&reach, mandate)?.named;
                reach.act(&Act::LayDownMandate(LayDownMandate { mandate }), &[])
            }
        }
    }
}
