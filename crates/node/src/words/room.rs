use federation::act::{CountRoom, Vote};
use federation::rows::Person;
use federation::{Federation, Id};

use super::option_names;

/// A count in full words: who was there, and how many said what.
pub fn room_lines(
    federation: &Federation,
    called: &dyn Fn(Id<Person>) -> String,
    act: &CountRoom,
) -> Vec<String> {
    let names = act.present.iter().filter_map(|&id| federation.person_by_id(id)).map(called);
    let mut lines =
        vec![format!("{} were there: {}", act.present.len(), names.collect::<Vec<_>>().join(", "))];
    let row = federation.find_proposal(act.proposal).and_then(|id| federation.proposal(id));
    let options = row.map(|row| option_names(federation, called, row)).unwrap_or_default();
    lines.extend(act.votes.iter().map(|votes| {
        let why = match votes.reason.as_str() {
            "" => String::new(),
            reason => format!(", because: {reason}"),
        };
        format!("{} said: {}{why}", votes.count, said_words(&options, &votes.vote))
    }));
    let said = act.votes.iter().fold(0_u64, |sum, votes| sum + u64::from(votes.count));
    lines.push(format!("together {said} of the {} who were there", act.present.len()));
    lines
}

/// What others said, in full words.
fn said_words(options: &[String], vote: &Vote) -> String {
    let named = |place: u8| options.get(usize::from(place)).map_or("?", String::as_str);
    match vote {
        Vote::Abstain {} => "abstain".to_owned(),
        Vote::Choose(option) => named(*option).to_owned(),
        Vote::Approve(accepted) if accepted.is_empty() => "none of the options".to_owned(),
        Vote::Approve(accepted) => {
            accepted.iter().map(|&option| named(option)).collect::<Vec<_>>().join("; or ")
        }
        Vote::Score(scores) => {
            let each =
                options.iter().zip(scores).map(|(words, score)| format!("{score:+} {words}"));
            each.collect::<Vec<_>>().join("; ")
        }
        Vote::Rank(ranks) => {
            let each = options.iter().zip(ranks).map(|(words, rank)| match rank {
                0 => format!("no place for {words}"),
                rank => format!("place {rank} for {words}"),
            });
            each.collect::<Vec<_>>().join("; ")
        }
    }
}
