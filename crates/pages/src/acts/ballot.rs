use federation::act::{BallotAct, Count, Method, Question, Vote};
use federation::rows::Proposal;
use federation::{Act, Id};
use node::words::option_names;

use super::decision::{about, chosen, proposal};
use super::{ActForm, plain};
use crate::field::{Choice, Field};
use crate::reading::Reading;
use crate::scene::Scene;

/// The fields of a ballot, one for each option where each gets an answer of its own.
const SCORES: [&str; 10] = [
    "score0", "score1", "score2", "score3", "score4", "score5", "score6", "score7", "score8",
    "score9",
];
const RANKS: [&str; 22] = [
    "rank0", "rank1", "rank2", "rank3", "rank4", "rank5", "rank6", "rank7", "rank8", "rank9",
    "rank10", "rank11", "rank12", "rank13", "rank14", "rank15", "rank16", "rank17", "rank18",
    "rank19", "rank20", "rank21",
];
const APPROVALS: [&str; 10] = [
    "approve0", "approve1", "approve2", "approve3", "approve4", "approve5", "approve6", "approve7",
    "approve8", "approve9",
];

pub(super) const BALLOT: ActForm = ActForm {
    name: "ballot",
    title: "Vote",
    button: "Cast this ballot",
    says: "You can vote otherwise until your unit seals or the poll closes; the last ballot counts.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        let (id, row) = chosen(scene)?;
        sheet.fields.extend(ballot_fields(scene, id, row));
        Ok(sheet)
    },
    read: |reading| {
        let named = proposal(reading);
        let (vote, reason) = (vote(reading), reading.line("reason"));
        plain(
            named.zip(vote).zip(reason).map(|((proposal, vote), reason)| {
                Act::Ballot(BallotAct { proposal, vote, reason })
            }),
        )
    },
};

/// How the reader's unit counts, for this proposal.
pub(crate) fn counts(scene: &Scene<'_>, id: Id<Proposal>, row: &Proposal) -> Option<Method> {
    let unit = scene.federation.votes_in(id, scene.me?.person?)?;
    let method = row.electorate.get(&unit)?.method;
    // Whom to send is ranked, however a unit counts otherwise.
    Some(match row.question {
        Question::Delegates(_) => Method { consent_tries: 0, count: Count::Schulze {} },
        _ => method,
    })
}

/// What a ballot says, in the form that the unit counts, and why.
pub(crate) fn ballot_fields(scene: &Scene<'_>, id: Id<Proposal>, row: &Proposal) -> Vec<Field> {
    let Some(method) = counts(scene, id, row) else { return Vec::new() };
    let options = option_names(scene.federation, scene.called, row);
    let mut fields = Vec::new();
    match method.count {
        Count::YesNo { .. } => {
            let mut choices: Vec<Choice> = options
                .iter()
                .enumerate()
                .map(|(n, words)| Choice::new(n, words.as_str()))
                .collect();
            choices.push(Choice::new("abstain", "I abstain"));
            // Nothing is chosen beforehand.
            fields.push(Field::radio("choose", "What do you say?", choices).with(""));
        }
        Count::Approval {} => {
            for (name, words) in APPROVALS.into_iter().zip(&options) {
                fields.push(Field::tick(name, format!("I would accept: {words}")));
            }
            fields.push(Field::tick("abstain", "I abstain"));
        }
        Count::Score {} => {
            let scores = || {
                [
                    ("2", "+2, very good"),
                    ("1", "+1, good"),
                    ("0", "0, neither"),
                    ("-1", "−1, bad"),
                    ("-2", "−2, very bad"),
                ]
                .map(|(value, words)| Choice::new(value, words))
                .to_vec()
            };
            for (name, words) in SCORES.into_iter().zip(&options) {
                fields.push(Field::choice(name, words.as_str(), scores()).with("0"));
            }
            fields.push(Field::tick("abstain", "I abstain"));
        }
        Count::Schulze {} => {
            let places = || {
                let first = [Choice::new("0", "no place: last")];
                let ranks = (1..=options.len()).map(|n| Choice::new(n, format!("place {n}")));
                first.into_iter().chain(ranks).collect::<Vec<_>>()
            };
            for (name, words) in RANKS.into_iter().zip(&options) {
                fields.push(Field::choice(name, words.as_str(), places()).with("0"));
            }
            fields.push(Field::tick("abstain", "I abstain"));
        }
    }
    let hint = match method.consent_tries {
        0 => "If you want to say. Everybody can read it.",
        _ => {
            "Your unit decides by consent: a vote for something else is an objection only with a reason. Everybody can read it."
        }
    };
    fields.push(Field::line("reason", "Why?").hint(hint));
    fields
}

/// The names of the fields for so many options.
fn number(names: &[&'static str], options: usize) -> impl Iterator<Item = &'static str> {
    names.iter().copied().take(options)
}

fn vote(reading: &mut Reading<'_>) -> Option<Vote> {
    let scene = reading.scene;
    let (id, row) = chosen(scene).ok()?;
    // Whoever votes nowhere here is told so by the rule.
    let count = counts(scene, id, row).map_or(Count::Approval {}, |method| method.count);
    let given = reading.given();
    if given.is_ticked("abstain") || given.raw("choose") == "abstain" {
        return Some(Vote::Abstain {});
    }
    let options = usize::from(row.option_count());
    match count {
        Count::YesNo { .. } => {
            let chosen = given.raw("choose").parse();
            reading.keep(
                "choose",
                chosen.map(Vote::Choose).map_err(|_| "nothing is chosen; choose one, or abstain"),
            )
        }
        Count::Approval {} => {
            let ticked =
                (0..).zip(number(&APPROVALS, options)).filter(|(_, name)| given.is_ticked(name));
            Some(Vote::Approve(ticked.map(|(option, _)| option).collect()))
        }
        Count::Score {} => {
            let scores = number(&SCORES, options).map(|name| given.raw(name).parse().unwrap_or(0));
            Some(Vote::Score(scores.collect()))
        }
        Count::Schulze {} => {
            let ranks = number(&RANKS, options).map(|name| given.raw(name).parse().unwrap_or(0));
            Some(Vote::Rank(ranks.collect()))
        }
    }
}

/// What a ballot would say, in full words, before it is cast.
pub(crate) fn summary(reading: &mut Reading<'_>) -> Option<(Vote, Vec<String>)> {
    let vote = vote(reading)?;
    let (_, row) = chosen(reading.scene).ok()?;
    let options = option_names(reading.scene.federation, reading.scene.called, row);
    Some((vote.clone(), vote_words(&options, &vote)))
}

/// A vote in full words, a line for each thing it says.
pub(crate) fn vote_words(options: &[String], vote: &Vote) -> Vec<String> {
    match vote {
        Vote::Abstain {} => vec!["you take part and abstain".to_owned()],
        Vote::Choose(option) => options.get(usize::from(*option)).cloned().into_iter().collect(),
        Vote::Approve(chosen) if chosen.is_empty() => {
            vec!["you would accept none of the options".to_owned()]
        }
        Vote::Approve(chosen) => {
            let words = chosen.iter().filter_map(|&option| options.get(usize::from(option)));
            words.map(|words| format!("you would accept: {words}")).collect()
        }
        Vote::Score(scores) => {
            options.iter().zip(scores).map(|(words, score)| format!("{score:+}: {words}")).collect()
        }
        Vote::Rank(ranks) => {
            let mut placed: Vec<_> = options.iter().zip(ranks).collect();
            placed.sort_by_key(|(_, rank)| if **rank == 0 { u8::MAX } else { **rank });
            placed
                .into_iter()
                .map(|(words, rank)| match rank {
                    0 => format!("no place: {words}"),
                    rank => format!("place {rank}: {words}"),
                })
                .collect()
        }
    }
}
