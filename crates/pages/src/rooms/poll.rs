//! How a poll counts, and how it stands or came out.

use federation::act::{Question, Threshold};
use federation::rows::{Ballots, Proposal, Rule, Says, Unit, Voting};
use federation::{Federation, Id};
use node::words::{method_words, unit_name};

/// One of the things that a proposal needs to pass, as it stands.
pub(crate) struct Need {
    pub(crate) what: &'static str,
    pub(crate) is: String,
    pub(crate) met: bool,
}

/// A unit of the electorate.
pub(crate) struct UnitRow {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) says: String,
    pub(crate) voted: String,
    pub(crate) method: String,
}

pub(crate) fn rule_words(row: &Proposal) -> String {
    if matches!(row.question, Question::Delegates(_)) {
        return "The unit elects by transferable votes: put those you want in your order. More than half of those who vote can seal it sooner.".to_owned();
    }
    let Rule::BothMajorities { threshold } = row.rule else {
        return "The unit decides by its own method. It needs no notice; more than half of those who vote can seal it sooner.".to_owned();
    };
    let part = match threshold {
        Threshold::MoreThanHalf => "more than half",
        Threshold::TwoThirds => "two thirds or more",
        Threshold::ThreeQuarters => "three quarters or more",
        Threshold::All => "all",
    };
    let list = match row.question {
        Question::List(_) => {
            " It passes only if it would also pass without the units that got their weight in the \
             last 90 days."
        }
        _ => "",
    };
    format!(
        "It passes when {part} of the units that vote say yes, and {part} of all ballots cast say \
         yes, and a quarter of all enrolled units say yes. Abstaining and going on talking count as \
         ballots cast. The ballots of a unit together weigh at most its counted members.{list}"
    )
}

pub(crate) fn needs(row: &Proposal) -> Vec<Need> {
    if row.fixed.is_none() || row.rule == Rule::OwnMethod {
        return Vec::new();
    }
    let count = row.count_now();
    let weighed = count.weighed;
    vec![
        Need {
            what: "Units that say yes",
            is: format!("{} of {}", count.units.yes, count.units.all()),
            met: count.units_pass(row.rule),
        },
        Need {
            what: "Ballots that say yes",
            is: format!("{} of {}", whole(weighed.yes), whole(weighed.cast)),
            met: count.ballots_pass(row.rule),
        },
        Need {
            what: "A quarter of all enrolled units",
            is: format!("{} of {}", count.units.yes, count.enrolled),
            met: count.quarter_passes(row.rule),
        },
    ]
}

/// Millionths of a ballot as a number with up to two decimals.
fn whole(millionths: u64) -> String {
    let (whole, hundredths) = (millionths / 1_000_000, millionths % 1_000_000 / 10_000);
    match hundredths {
        0 => whole.to_string(),
        hundredths => format!("{whole}.{hundredths:02}"),
    }
}

pub(crate) fn unit_row(
    federation: &Federation,
    row: &Proposal,
    unit: Id<Unit>,
    voting: &Voting,
) -> UnitRow {
    let options = row.option_words();
    let said = match row.says_now(voting) {
        Says::Yes { .. } if matches!(row.question, Question::Delegates(_)) => {
            "elects, as the sheet shows".to_owned()
        }
        Says::Yes { option } if options.len() > 3 => {
            options.get(usize::from(option)).cloned().unwrap_or_default()
        }
        Says::Yes { .. } => "yes".to_owned(),
        Says::No => "no".to_owned(),
        Says::Abstain => "abstains".to_owned(),
        Says::Undecided => "undecided".to_owned(),
    };
    let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.votes);
    let in_room: u64 = room.map(|(.., count)| u64::from(*count)).sum();
    let in_room = if in_room > 0 { format!(" and {in_room} in a room") } else { String::new() };
    UnitRow {
        number: unit.number(),
        name: unit_name(federation, unit),
        says: match voting.seal {
            Some(_) => said,
            None => format!("{said}, as it stands"),
        },
        voted: format!("{}{in_room}, of {}", voting.ballots.len(), voting.members),
        method: match row.question {
            Question::Delegates(_) => "by transferable votes".to_owned(),
            _ => method_words(voting.method),
        },
    }
}

pub(crate) fn kept_words(row: &Proposal) -> String {
    let Ballots { yes, cast } = row.count_now().kept;
    let ballots = match cast {
        0 => return String::new(),
        1 => "1 ballot was signed by a key that is kept for the voter".to_owned(),
        cast => format!("{cast} ballots were signed by keys that are kept for the voters"),
    };
    match row.option_count() {
        3 => format!("{ballots}, {yes} for yes; they count like all others."),
        // With options of their own there is no yes.
        _ => format!("{ballots}; they count like all others."),
    }
}
