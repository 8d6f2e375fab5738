use federation::act::{Count, CountRoom, Method, Question, RoomVotes, Vote};
use federation::rows::{Person, Proposal};
use federation::{Act, Id, Line, PersonId};
use node::words::{method_words, option_names};

use super::decision::{about, chosen, proposal};
use super::{ActForm, plain};
use crate::field::Field;
use crate::reading::Reading;
use crate::rooms::decisions::first_words;
use crate::scene::Scene;

pub(super) const COUNT_ROOM: ActForm = ActForm {
    name: "count-room",
    title: "Enter votes cast in a room",
    button: "Sign this count",
    says: "For an assembly of your unit. Three who were there and counted sign the same numbers, or \
           all members where you are fewer: you now, the others on their page Today. Nobody counts \
           in it who has voted by themselves. A later count takes its place.",
    sheet: |scene| {
        let mut sheet = about(scene)?;
        let (id, row) = chosen(scene)?;
        sheet.facts.extend(facts(scene, id, row));
        sheet.fields.extend(fields(scene, id, row));
        Ok(sheet)
    },
    read: |reading| plain(read(reading).map(Act::CountRoom)),
};

/// How the reader's unit counts in this poll.
fn method(scene: &Scene<'_>, row: &Proposal) -> Option<Method> {
    let voting = row.electorate.get(&scene.my_unit()?)?;
    Some(match row.question {
        // Whom to send is ranked, however a unit counts otherwise.
        Question::Delegates(_) => Method { consent_tries: 0, count: Count::Schulze {} },
        _ => voting.method,
    })
}

/// What was voted on, and the rule by which the unit counts.
pub(super) fn about_lines(scene: &Scene<'_>) -> Vec<String> {
    let Ok((id, row)) = chosen(scene) else { return Vec::new() };
    let about = format!("proposal {id}: {}", first_words(row.text.as_str()));
    let rule = method(scene, row).map(|m| format!("your unit decides {}", method_words(m)));
    [about].into_iter().chain(rule).collect()
}

/// What stands above the fields: the rule, and what is there already.
fn facts(scene: &Scene<'_>, id: Id<Proposal>, row: &Proposal) -> Vec<String> {
    let Some(method) = method(scene, row) else {
        return vec!["Your unit does not vote on this now.".to_owned()];
    };
    let mut facts = vec![
        format!("It says: {}", first_words(row.text.as_str())),
        format!("Your unit decides {}.", method_words(method)),
    ];
    if !matches!(method.count, Count::YesNo { .. }) {
        let names = option_names(scene.federation, scene.called, row);
        let named = (1..).zip(names).map(|(number, words)| format!("{number}: {words}"));
        facts.push(format!("The options, by number. {}.", named.collect::<Vec<_>>().join("; ")));
    }
    let voting = scene.my_unit().and_then(|unit| row.electorate.get(&unit));
    let voted = voting.map_or(0, |voting| voting.ballots.len());
    if voted > 0 {
        let (have, them) = if voted == 1 { ("has", "This one is") } else { ("have", "They are") };
        facts.push(format!("{voted} of your unit {have} voted by themselves. {them} not listed."));
    }
    match voting.and_then(|voting| voting.room.as_ref()) {
        Some(room) if room.stands => {
            facts.push(format!("A count of {} UTC stands until another is signed.", room.at));
        }
        Some(room) => facts.push(format!(
            "The count of {} UTC rests: somebody in it has voted by themselves since. Count again \
             without them.",
            room.at
        )),
        None => {}
    }
    if can_be_there(scene, id, row).is_empty() {
        facts.push("Nobody is left who could be counted in a room.".to_owned());
    }
    facts
}

/// Who votes in the reader's unit and has no ballot of their own.
fn can_be_there(
    scene: &Scene<'_>,
    id: Id<Proposal>,
    row: &Proposal,
) -> Vec<(Id<Person>, PersonId)> {
    let Some(unit) = scene.my_unit() else { return Vec::new() };
    let Some(voting) = row.electorate.get(&unit) else { return Vec::new() };
    let people = scene.federation.persons();
    let can = people.filter(|&(person, _)| {
        !voting.ballots.contains_key(&person) && scene.federation.votes_in(id, person) == Some(unit)
    });
    can.map(|(person, row)| (person, row.id)).collect()
}

fn there_field(person: Id<Person>) -> String {
    format!("there{person}")
}

fn fields(scene: &Scene<'_>, id: Id<Proposal>, row: &Proposal) -> Vec<Field> {
    let Some(method) = method(scene, row) else { return Vec::new() };
    // Once it was sent, a box that is not ticked stays so.
    let sent = scene.given.has("filled_in");
    let me = scene.me.and_then(|me| me.person);
    let mut fields = vec![Field::hidden("filled_in").with("yes")];
    for (person, _) in can_be_there(scene, id, row) {
        let field =
            Field::tick(there_field(person), format!("{} was there", (scene.called)(person)));
        let ticked = !sent && Some(person) == me;
        fields.push(if ticked { field.with("yes") } else { field });
    }
    match method.count {
        Count::YesNo { .. } => {
            let consent = method.consent_tries > 0;
            let names = option_names(scene.federation, scene.called, row);
            for (option, words) in names.iter().enumerate() {
                fields.push(Field::number(
                    format!("votes{option}"),
                    format!("How many said: {words}"),
                ));
                if consent && option > 0 {
                    fields.push(
                        Field::line(format!("reason{option}"), format!("Why they said: {words}"))
                            .hint("Your unit decides by consent: an objection needs its reason."),
                    );
                }
            }
        }
        Count::Approval {} => fields.push(papers(
            "How many, a colon, the numbers of what they would accept. A line for each kind of \
             ballot, such as 3: 1, 2",
        )),
        Count::Score {} => fields.push(papers(
            "How many, a colon, a score of -2 to 2 for each option in order. A line for each kind \
             of ballot, such as 3: 2, -1, 0",
        )),
        Count::Schulze {} => fields.push(papers(
            "How many, a colon, a place for each option in order, 0 for none. A line for each kind \
             of ballot, such as 3: 1, 2, 0",
        )),
    }
    fields.push(Field::number("abstained", "How many took part and abstained"));
    fields
}

fn papers(hint: &str) -> Field {
    Field::area("papers", "The ballots, counted").hint(hint)
}

fn read(reading: &mut Reading<'_>) -> Option<CountRoom> {
    let named = proposal(reading);
    let (id, row) = chosen(reading.scene).ok()?;
    let can = can_be_there(reading.scene, id, row);
    let there =
        can.into_iter().filter(|&(person, _)| reading.given().is_ticked(&there_field(person)));
    let present: std::collections::BTreeSet<PersonId> = there.map(|(_, id)| id).collect();
    let mut votes = match method(reading.scene, row)?.count {
        Count::YesNo { .. } => chosen_votes(reading, row),
        count => paper_votes(reading, count),
    };
    if let Some(count) = how_many(reading, "abstained".to_owned()) {
        votes.push(RoomVotes { vote: Vote::Abstain {}, reason: Line::default(), count });
    }
    votes.retain(|votes| votes.count > 0);
    let said = votes.iter().fold(0_u64, |sum, votes| sum + u64::from(votes.count));
    let enough = u64::try_from(present.len()).is_ok_and(|there| said <= there);
    let too_many =
        format!("{said} votes are more than the {} who are ticked as there", present.len());
    reading.keep("abstained", enough.then_some(()).ok_or(too_many));
    let any = (said > 0).then_some(()).ok_or("nobody has said anything; write how many said what");
    reading.keep("abstained", any);
    Some(CountRoom { proposal: named?, present, votes })
}

/// A whole number; an empty field is nobody.
fn how_many(reading: &mut Reading<'_>, field: String) -> Option<u32> {
    let text = reading.given().text(&field);
    let read = match text.as_str() {
        "" => Ok(0),
        text => text.parse().map_err(|_| format!("`{text}` is no number of people; write 3")),
    };
    reading.keep(field, read)
}

fn chosen_votes(reading: &mut Reading<'_>, row: &Proposal) -> Vec<RoomVotes> {
    let votes = (0..row.option_count()).filter_map(|option| {
        let count = how_many(reading, format!("votes{option}"))?;
        let field = format!("reason{option}");
        let reason = Line::parse(&reading.given().text(&field));
        let reason = reading.keep(field, reason)?;
        Some(RoomVotes { vote: Vote::Choose(option), reason, count })
    });
    votes.collect()
}

fn paper_votes(reading: &mut Reading<'_>, count: Count) -> Vec<RoomVotes> {
    let text = reading.given().text("papers");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read: Result<Vec<_>, String> = lines.map(|line| paper(line, count)).collect();
    reading.keep("papers", read).unwrap_or_default()
}

fn paper(line: &str, count: Count) -> Result<RoomVotes, String> {
    let wrong = || format!("`{line}` is no line of ballots; write one as 3: 1, 2");
    let (many, said) = line.split_once(':').ok_or_else(wrong)?;
    let many = many.trim().parse().map_err(|_| wrong())?;
    let said = said.split(',').map(|number| number.trim().parse::<i8>().map_err(|_| wrong()));
    let said: Vec<i8> = said.collect::<Result<_, _>>()?;
    let place = |number: &i8| u8::try_from(*number).map_err(|_| wrong());
    let vote = match count {
        Count::Score {} => Vote::Score(said),
        Count::Schulze {} => Vote::Rank(said.iter().map(place).collect::<Result<_, _>>()?),
        _ => {
            let option = |number: &i8| place(number)?.checked_sub(1).ok_or_else(wrong);
            Vote::Approve(said.iter().map(option).collect::<Result<_, _>>()?)
        }
    };
    Ok(RoomVotes { vote, reason: Line::default(), count: many })
}
