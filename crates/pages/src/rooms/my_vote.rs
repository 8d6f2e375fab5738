//! The reader's own vote on a proposal: whose ballots they may enter, and what became of theirs.

use federation::rows::{Ballot, Hand, Proposal, Voting};
use federation::{Federation, Id};
use node::Failed;
use node::words::{method_words, option_names};

use crate::acts::vote_words;
use crate::field::{Choice, Field};
use crate::here::Here;
use crate::oops::Oops;

/// A ballot of the reader's: the one that counts, or one that came too late.
pub(crate) struct Mine {
    pub(crate) called: &'static str,
    /// Where it stands in the record.
    pub(crate) entry: Option<u64>,
    pub(crate) says: Vec<String>,
    pub(crate) reason: String,
    pub(crate) how: &'static str,
    pub(crate) at: String,
}

/// The reader's unit in the electorate, if they vote.
pub(crate) fn own_voting<'a>(
    here: &Here,
    federation: &Federation,
    id: Id<Proposal>,
    row: &'a Proposal,
) -> Option<&'a Voting> {
    row.electorate.get(&federation.votes_in(id, here.me?.person?)?)
}

/// Members of the reader's unit who vote and have no device.
pub(crate) fn on_paper(here: &Here, federation: &Federation, id: Id<Proposal>) -> Option<Field> {
    let (me, unit) = (here.me?.person, here.my_unit()?);
    let members = federation.unit(unit).ok()?.members.iter().copied();
    let without = members.filter(|&person| {
        Some(person) != me
            && !federation.has_key(person)
            && federation.votes_in(id, person) == Some(unit)
    });
    let mut choices = vec![Choice::new("", "my own")];
    choices.extend(without.map(|person| Choice::new(person, here.called(federation, person))));
    (choices.len() > 1).then(|| {
        Field::choice("act_for", "Whose ballot is it?", choices)
            .hint("For somebody without a device, two members enter the same from paper.")
    })
}

/// How the reader's unit decides; empty if they do not vote.
pub(crate) fn my_rule(
    here: &Here,
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
) -> String {
    own_voting(here, federation, id, row)
        .map(|voting| format!("Your unit decides {}.", method_words(voting.method)))
        .unwrap_or_default()
}

/// The reader's ballot that counts, and one that came too late; who voted in time and again when the
/// unit had sealed has both.
pub(crate) fn mine(
    here: &Here,
    federation: &Federation,
    id: Id<Proposal>,
    row: &Proposal,
) -> Result<Vec<Mine>, Oops> {
    let Some(person) = here.me.and_then(|me| me.person) else { return Ok(Vec::new()) };
    let counted = own_voting(here, federation, id, row).and_then(|v| v.ballots.get(&person));
    let late = row.late.get(&person);
    let called = |person| here.called(federation, person);
    let options = option_names(federation, &called, row);
    let shown = |ballot: &Ballot, called, how| {
        Ok::<Mine, Oops>(Mine {
            called,
            entry: here.hosted.record().place_of(ballot.made_by).map_err(Failed::from)?,
            says: vote_words(&options, &ballot.vote),
            reason: ballot.reason.to_string(),
            how,
            at: format!("{} UTC", ballot.at),
        })
    };
    let mut mine = Vec::new();
    if let Some(ballot) = counted {
        mine.push(shown(ballot, "Your ballot", counted_words(ballot.hand))?);
    }
    if let Some(ballot) = late {
        let how = match counted {
            Some(_) => "It came too late and is not counted. The one above is.",
            None => "It came too late and is not counted.",
        };
        mine.push(shown(ballot, "Your late ballot", how)?);
    }
    Ok(mine)
}

const fn counted_words(hand: Hand) -> &'static str {
    match hand {
        Hand::Own => "Your vote is counted, signed by your device.",
        Hand::Kept => "Your vote is counted, signed with the key that is kept for you.",
        Hand::CoMembers => "Your vote is counted, signed by two co-members for you.",
    }
}

/// Whether the reader counts among those in a room, or the count of their unit's room rests.
pub(crate) fn in_room(here: &Here, row: &Proposal) -> String {
    let voting = here.my_unit().and_then(|unit| row.electorate.get(&unit));
    let Some(room) = voting.and_then(|voting| voting.room.as_ref()) else { return String::new() };
    let there = here.me.and_then(|me| me.person).is_some_and(|me| room.present.contains(&me));
    match (room.stands, there) {
        (true, true) => format!(
            "You are counted among the {} in the room. If you vote by yourself, that count rests \
             until tellers sign it again without you.",
            room.present.len()
        ),
        (true, false) => String::new(),
        (false, _) => {
            "The count of your unit's room rests: somebody in it has voted by themselves \
                       since. Tellers can count again without them."
                .to_owned()
        }
    }
}
