//! G2: names matter not. The same acts, with every person, key, statement and unit under another
//! name and the founding list in another order, give the same state under those names.

mod shown;

use std::collections::BTreeMap;

use federation::act::Found;
use federation::invariants::Broken;
use federation::{Act, Entry, Federation, PersonId, PublicKey, StatementId};
use serde_json::Value;

use crate::Scene;

/// Other names for everything that has one.
pub(crate) struct Renaming {
    /// Whether statements and units get other names too, or only people and keys.
    whole: bool,
    founding: Option<StatementId>,
    /// The new places of the rows of the founding list, and of the people on it.
    rows: Vec<u32>,
    persons: Vec<u32>,
}

/// Checks it in two ways.
///
/// A plan breaks ties by a hash of statements' names, so that nobody can foresee it: with those
/// names changed another plan is as good, and rounds are left out; so is what is drawn by lot. With
/// the names of people and keys changed alone, all of it is in.
pub fn names_matter_not(scene: &Scene) -> Result<(), Broken> {
    let found = scene.entries.iter().find_map(|entry| match &entry.statement.act {
        Act::Found(found) => Some((entry.id, found)),
        _ => None,
    });
    let Some((founding, found)) = found else { return Ok(()) };
    let people = Renaming { whole: false, founding: None, rows: Vec::new(), persons: Vec::new() };
    same_under(&people, &scene.entries)?;
    let everything = Renaming {
        whole: true,
        founding: Some(founding),
        rows: turned(found.rows.len()),
        persons: person_places(found),
    };
    let without_rounds: Vec<Entry> = scene
        .entries
        .iter()
        .filter(|entry| {
            !matches!(
                entry.statement.act,
                Act::OpenRound {} | Act::Contribute(_) | Act::Claim(_) | Act::Dispute(_)
            )
        })
        .cloned()
        .collect();
    same_under(&everything, &without_rounds)
}

/// The list in the other order, with the first at the end.
fn turned(length: usize) -> Vec<u32> {
    let length = u32::try_from(length).unwrap_or(0);
    (0..length).rev().collect()
}

/// Where the people on a founding list come to stand when its rows are turned round.
fn person_places(found: &Found) -> Vec<u32> {
    let mut first = BTreeMap::new();
    let mut next = 0;
    for (row, listed) in found.rows.iter().enumerate().rev() {
        first.insert(row, next);
        next += u32::try_from(listed.members.len()).unwrap_or(0);
    }
    let places = found.rows.iter().enumerate().flat_map(|(row, listed)| {
        let from = first.get(&row).copied().unwrap_or(0);
        (from..).take(listed.members.len())
    });
    places.collect()
}

fn same_under(renaming: &Renaming, entries: &[Entry]) -> Result<(), Broken> {
    let (mut plain, mut other) = (Federation::new(), Federation::new());
    for entry in entries {
        let said = plain.apply(entry).err().map(|refusal| refusal.code());
        let other_said = other.apply(&renaming.entry(entry)).err().map(|refusal| refusal.code());
        if said != other_said {
            let act = entry.statement.act.name();
            let found = format!("{act}: {said:?}, and under other names {other_said:?}");
            return Err(Broken { invariant: "G2", found });
        }
    }
    let expected = shown::canonical(&plain, Some(renaming));
    let found = shown::canonical(&other, None);
    match found == expected {
        true => Ok(()),
        false => Err(Broken { invariant: "G2", found: difference(&expected, &found) }),
    }
}

fn difference(expected: &str, found: &str) -> String {
    let same = expected.bytes().zip(found.bytes()).take_while(|(a, b)| a == b).count();
    let around =
        |text: &str| text.chars().skip(same.saturating_sub(120)).take(300).collect::<String>();
    format!("expected …{}…, found …{}…", around(expected), around(found))
}

/// Other bytes, one for one, in another order.
fn other_bytes<const N: usize>(bytes: [u8; N]) -> [u8; N] {
    let mut other = bytes.map(|byte| byte ^ 0xa5);
    other.reverse();
    other
}

impl Renaming {
    fn entry(&self, entry: &Entry) -> Entry {
        let statement = &entry.statement;
        let mut act = serde_json::to_value(&statement.act).unwrap_or_default();
        self.rename(&mut act, "");
        let act = serde_json::from_value(act);
        let mut renamed = entry.clone();
        renamed.statement.act =
            act.unwrap_or_else(|fault| panic!("an act under other names is none: {fault}"));
        if let Act::Found(found) = &mut renamed.statement.act
            && self.founding == Some(entry.id)
        {
            found.rows.reverse();
        }
        renamed.statement.person = PersonId(other_bytes(statement.person.0));
        renamed.statement.key = PublicKey(other_bytes(statement.key.0));
        if self.whole {
            renamed.id = StatementId(other_bytes(entry.id.0));
        }
        renamed
    }

    fn rename(&self, value: &mut Value, field: &str) {
        match value {
            Value::String(text) => *text = self.text(field, text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.rename(item, field)),
            Value::Object(fields) => {
                for (field, value) in fields {
                    self.rename(value, field);
                }
            }
            _ => {}
        }
    }

    /// A text under a field of an act: names of people, keys, bodies and statements, and words.
    fn text(&self, field: &str, text: &str) -> String {
        if let Ok(person) = text.parse::<PersonId>() {
            return PersonId(other_bytes(person.0)).to_string();
        }
        match field {
            "key" | "about" | "words" => match text.parse::<PublicKey>() {
                Ok(key) => PublicKey(other_bytes(key.0)).to_string(),
                Err(_) => text.to_owned(),
            },
            "unit" | "units" | "with" => self.named("Unit", text),
            // Numbers of lots and their hashes name nothing.
            "number" | "hash" => text.to_owned(),
            _ => self.named("", text),
        }
    }

    /// A name as the state shows it: of what kind it is, and how it is written.
    fn named(&self, kind: &str, text: &str) -> String {
        let (hash, row) = text.split_once('.').unwrap_or((text, "0"));
        if let Ok(id) = hash.parse::<StatementId>() {
            return self.statement(kind, id, row.parse().unwrap_or(0));
        }
        match (kind, text.parse::<usize>()) {
            ("Unit", Ok(number)) => place(&self.rows, number),
            ("Person", Ok(number)) => place(&self.persons, number),
            _ => text.to_owned(),
        }
    }

    fn statement(&self, kind: &str, id: StatementId, row: u32) -> String {
        let founding = self.founding == Some(id);
        let place = usize::try_from(row).unwrap_or(usize::MAX);
        let row = match kind {
            "Unit" if founding => self.rows.get(place).copied().unwrap_or(row),
            "Person" if founding => self.persons.get(place).copied().unwrap_or(row),
            _ => row,
        };
        let hash = if self.whole { other_bytes(id.0) } else { id.0 };
        federation::Ref::<()>::new(StatementId(hash), row).to_string()
    }

    /// A word of a state's text, behind the word before it.
    pub(crate) fn word(&self, before: &str, word: &str) -> String {
        match before {
            "PersonId" => word.parse().map(|id: PersonId| PersonId(other_bytes(id.0)).to_string()),
            "PublicKey" | "BodyId" => {
                word.parse().map(|key: PublicKey| PublicKey(other_bytes(key.0)).to_string())
            }
            "FederationId" | "Root" | "LotNumber" | "NumberHash" => Ok(word.to_owned()),
            kind => Ok(self.named(kind, word)),
        }
        .unwrap_or_else(|_| word.to_owned())
    }
}

/// The number that the so-many-th comes to have; what came after the founding list keeps its own.
fn place(places: &[u32], number: usize) -> String {
    let place = number.checked_sub(1).and_then(|before| places.get(before));
    place.map_or_else(|| number.to_string(), |place| (place + 1).to_string())
}
