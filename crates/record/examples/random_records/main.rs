//! Writes records of random federations, signed and exported as a host does it, each with what Artel
//! reads from it beside it, for another program to recount.
//!
//! usage: `random_records FOLDER [RECORDS [ACTS [SEED]]]`
//!
//! Of every record there are two files: `N.artel`, the exported copy, and `N.json`, which says what
//! the plans of the engine come to, and what Artel counts.

mod seal;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use federation::rows::{Contract, Origin, Proposal};
use federation::{Act, Entry, Federation};
use record::{Files, Host, SigningKey};
use seal::{Sealed, Seals};
use serde_json::{Map, Value, json};
use testkit::{Chance, Scene, Wild};

/// The acts that `tests/recount` knows; others are left out of what happens.
const RECOUNTED: [&str; 50] = [
    "found",
    "sign-pact",
    "announce-leaving",
    "leave",
    "admit-member",
    "member-leaves",
    "introduce",
    "describe-unit",
    "set-signing",
    "set-method",
    "add-key",
    "revoke-key",
    "propose-specification",
    "revise-specification",
    "retire-specification",
    "ask-value",
    "counter-value",
    "agree-value",
    "offer",
    "need",
    "withdraw",
    "bring-thing",
    "would-take",
    "withdraw-thing",
    "refuse-partners",
    "open-round",
    "close-round",
    "plan",
    "propose-contract",
    "accept-contract",
    "decline-contract",
    "end-contract",
    "already-done",
    "arrange",
    "comment",
    "deliver",
    "receipt",
    "accept-delivery",
    "reject-delivery",
    "correct",
    "back",
    "release-backing",
    "attest-time",
    "form-circle",
    "join-circle",
    "leave-circle",
    "propose",
    "withdraw-proposal",
    "ballot",
    "accept-pact",
];

/// The questions put to the vote that it knows.
const QUESTIONS: [&str; 5] = ["text", "pact", "specification", "value", "own"];

/// What people mostly do in every second record: they vote, and time passes.
const VOTING: [&str; 6] =
    ["propose", "ballot", "withdraw-proposal", "accept-pact", "set-method", "attest-time"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: random_records FOLDER [RECORDS [ACTS [SEED]]]")?;
    let mut number = |usual| arguments.next().map_or(Ok(usual), |text| text.parse::<u64>());
    let (records, acts, seed) = (number(10)?, number(200)?, number(1)?);
    fs::create_dir_all(&folder)?;
    let mut entries = 0;
    for nth in 0..records {
        let seed = Chance::new(seed.wrapping_mul(1 << 32) + nth).next();
        entries += write(&PathBuf::from(&folder).join(nth.to_string()), acts, seed)?;
    }
    println!("{records} records of {entries} entries");
    Ok(())
}

/// Writes one record of so many attempts to act, and says how many entries it has.
fn write(path: &Path, acts: u64, seed: u64) -> Result<u64, Box<dyn Error>> {
    let database = path.with_extension("hosted");
    let (mut wild, mut scene, mut seals) = (Wild::new(seed), Scene::new(), Seals::default());
    let (mut chance, votes) = (Chance::new(seed), seed.is_multiple_of(2));
    let mut host = found(&database, &mut wild, &mut scene, &mut seals)?;
    let mut enrolled = Vec::new();
    note_enrolled(&mut enrolled, &scene.federation);
    let mut tried = 0;
    while tried < acts {
        let thought = wild.next(&mut scene);
        let act = thought.statement.act.name();
        let left_out = votes && !VOTING.contains(&act) && chance.percent(90);
        if left_out || !is_recounted(&thought.statement.act) {
            continue;
        }
        tried += 1;
        let Some(sealed) = seals.seal(&thought) else { continue };
        let root_before = host.record().checkpoint().checkpoint().root;
        let entry = Entry { root_before: Some(root_before), ..sealed.entry };
        if host.submit(entry.time, vec![sealed.submission])?.pop().is_some_and(|told| told.is_ok())
        {
            take(&mut scene, entry, &host)?;
            note_enrolled(&mut enrolled, &scene.federation);
        }
    }
    host.record().export(&path.with_extension("artel"))?;
    fs::write(path.with_extension("json"), said(&scene.federation, &enrolled).to_string())?;
    drop(host);
    let Files { database, checkpoint, bodies } = Files::of(&database);
    [database, checkpoint, bodies].iter().try_for_each(fs::remove_file)?;
    Ok(scene.federation.size())
}

/// Whether the recount knows what an act does.
fn is_recounted(act: &Act) -> bool {
    let asks = match act {
        Act::Propose(propose) => serde_json::to_value(&propose.question).unwrap_or_default(),
        _ => return RECOUNTED.contains(&act.name()),
    };
    asks.as_object().is_some_and(|asks| asks.keys().all(|kind| QUESTIONS.contains(&kind.as_str())))
}

/// Founds a federation; some foundings are refused, then another one is tried.
fn found(
    database: &Path,
    wild: &mut Wild,
    scene: &mut Scene,
    seals: &mut Seals,
) -> Result<Host, Box<dyn Error>> {
    loop {
        let Some(sealed) = seals.seal(&wild.next(scene)) else { continue };
        let Sealed { entry, submission } = sealed;
        if Federation::new().apply(&entry).is_ok() {
            let key = SigningKey::from_seed([9; 32]);
            let founded = Host::found(database, key, entry.time, submission);
            let (host, _) = founded.map_err(|why| format!("{why:?}"))?;
            take(scene, entry, &host)?;
            return Ok(host);
        }
    }
}

/// Follows the host, which may have dated the entry otherwise.
fn take(scene: &mut Scene, entry: Entry, host: &Host) -> Result<(), Box<dyn Error>> {
    let leaf = host.record().entry(scene.federation.size())?.ok_or("the host has it")?;
    let entry = Entry { time: leaf.time, ..entry };
    scene.apply(entry).map_err(|refusal| format!("the host took it: {refusal}"))?;
    Ok(())
}

/// Which units are enrolled, and after how many entries that changed.
type Enrolled = Vec<(u64, Vec<u32>)>;

fn note_enrolled(enrolled: &mut Enrolled, federation: &Federation) {
    let now = federation.units().filter(|(_, unit)| unit.is_enrolled());
    let now: Vec<u32> = now.map(|(id, _)| id.number()).collect();
    if enrolled.last().is_none_or(|(_, last)| *last != now) {
        enrolled.push((federation.size(), now));
    }
}

/// What Artel reads from a record.
fn said(federation: &Federation, enrolled: &Enrolled) -> Value {
    let units = federation.units().map(|(_, unit)| {
        json!({ "name": unit.name.as_str(), "entitlement_seconds": unit.entitlement.seconds() })
    });
    json!({
        "planned": planned(federation),
        "enrolled": enrolled,
        "decisions": decisions(federation),
        "units": units.collect::<Vec<_>>(),
    })
}

/// The contracts that plans of the engine came to.
fn planned(federation: &Federation) -> Map<String, Value> {
    let of_a_plan = |(id, contract): (_, &Contract)| {
        let Origin::Round { .. } = contract.origin else { return None };
        let version = federation.version_ref(contract.version)?;
        let terms = json!({
            "giver": contract.parties.giver.number(),
            "receiver": contract.parties.receiver.number(),
            "version": version.to_string(),
        });
        Some((federation.contract_ref(id)?.to_string(), terms))
    };
    federation.contracts().filter_map(of_a_plan).collect()
}

/// Who voted on each proposal, and what came of it.
fn decisions(federation: &Federation) -> Map<String, Value> {
    let decided = |(id, row): (_, &Proposal)| {
        let units = row.electorate.iter();
        let units = units.map(|(unit, voting)| (unit.number().to_string(), voting.counted_members));
        let row = json!({
            "electorate": units.collect::<BTreeMap<_, _>>(),
            "enrolled": row.fixed.map_or(0, |fixed| fixed.enrolled),
            "counted": row.counted(),
        });
        Some((federation.proposal_ref(id)?.to_string(), row))
    };
    federation.proposals().filter_map(decided).collect()
}
