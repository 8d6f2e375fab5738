//! Writes records of random federations, signed and exported as a host does it, each with what Artel
//! reads from it beside it, for another program to recount.
//!
//! usage: `random_records FOLDER [RECORDS [ACTS [SEED]]]`
//!
//! Of every record there are two files: `N.artel`, the exported copy, and `N.json`, which says what
//! a recount takes from Artel, as what the plans of the engine come to, and what Artel counts.

mod noted;
mod seal;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use federation::rows::{Contract, Mandate, Origin, Proposal, Unit};
use federation::{Entry, Federation};
use noted::Noted;
use record::{Files, Host, SigningKey};
use seal::{Sealed, Seals};
use serde_json::{Map, Value, json};
use testkit::{Chance, Scene, Wild};

/// The acts that `tests/recount` does not know; they are left out of what happens.
const LEFT_OUT: [&str; 6] =
    ["name-helpers", "recover-key", "veto-recovery", "open-lot", "commit-number", "open-number"];

/// What people mostly do, in three records of four: they vote, send delegates, or share; and time
/// passes.
const MOSTLY: [&[&str]; 4] = [
    &[],
    &["propose", "ballot", "withdraw-proposal", "seal", "count-room", "set-method", "attest-time"],
    &["propose", "ballot", "recall", "lay-down-mandate", "member-leaves", "attest-time"],
    &[
        "propose-specification",
        "ask-value",
        "open-common",
        "subscribe",
        "contribute",
        "receipt-contribution",
        "accept-contribution",
        "correct-contribution",
        "attest-time",
    ],
];

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
    let mut chance = Chance::new(seed);
    let mostly = MOSTLY[chance.place(MOSTLY.len())];
    let mut host = found(&database, &mut wild, &mut scene, &mut seals)?;
    let mut noted = Noted::default();
    noted.note(&scene.federation);
    let mut tried = 0;
    while tried < acts {
        let thought = wild.next(&mut scene);
        let act = thought.statement.act.name();
        let left_out = !mostly.is_empty() && !mostly.contains(&act) && chance.percent(90);
        if left_out || LEFT_OUT.contains(&act) {
            continue;
        }
        tried += 1;
        let Some(sealed) = seals.seal(&thought) else { continue };
        let root_before = host.record().checkpoint().checkpoint().root;
        let entry = Entry { root_before: Some(root_before), ..sealed.entry };
        if host.submit(entry.time, vec![sealed.submission])?.pop().is_some_and(|told| told.is_ok())
        {
            take(&mut scene, entry, &host)?;
            noted.note(&scene.federation);
        }
    }
    host.record().export(&path.with_extension("artel"))?;
    fs::write(path.with_extension("json"), said(&scene.federation, &noted).to_string())?;
    drop(host);
    let Files { database, checkpoint, bodies } = Files::of(&database);
    [database, checkpoint, bodies].iter().try_for_each(fs::remove_file)?;
    Ok(scene.federation.size())
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

/// What Artel says of a federation: what a recount takes from it, and what it counts itself.
fn said(federation: &Federation, noted: &Noted) -> Value {
    json!({
        "planned": planned(federation),
        "carried": noted.carried,
        "enrolled": noted.enrolled,
        "electorates": electorates(federation),
        "put": noted.put,
        "counted": {
            "entitlements": entitlements(federation),
            "decisions": decisions(federation),
            "mandates": mandates(federation),
        },
    })
}

fn entitlements(federation: &Federation) -> Map<String, Value> {
    let entitlement = |(id, row): (_, &Unit)| {
        Some((federation.unit_ref(id)?.to_string(), json!(row.entitlement.seconds())))
    };
    federation.units().filter_map(entitlement).collect()
}

/// Who was sent, and when that ended.
fn mandates(federation: &Federation) -> Map<String, Value> {
    let sent = |(id, row): (_, &Mandate)| {
        let delegate = federation.person(row.delegate).ok()?.id.to_string();
        let ended = row.ended.map(|ended| ended.at().seconds());
        let told = json!({ "delegate": delegate, "needed": row.needed, "ended": ended });
        Some((federation.mandate_ref(id)?.to_string(), told))
    };
    federation.mandates().filter_map(sent).collect()
}

/// The contracts that plans of the engine came to.
fn planned(federation: &Federation) -> Map<String, Value> {
    let of_a_plan = |(id, contract): (_, &Contract)| {
        let Origin::Round { .. } = contract.origin else { return None };
        let terms = json!({
            "giver": federation.unit_ref(contract.parties.giver)?,
            "receiver": federation.unit_ref(contract.parties.receiver)?,
            "version": federation.version_ref(contract.version)?,
        });
        Some((federation.contract_ref(id)?.to_string(), terms))
    };
    federation.contracts().filter_map(of_a_plan).collect()
}

/// Which units vote on each proposal whose notice is over, and with how many counted members.
fn electorates(federation: &Federation) -> Map<String, Value> {
    let fixed = |(id, row): (_, &Proposal)| {
        let enrolled = row.fixed?.enrolled;
        let named = |unit| federation.unit_ref(unit).map(|named| named.to_string());
        let units = row.electorate.iter();
        let units =
            units.filter_map(|(&unit, voting)| Some((named(unit)?, voting.counted_members)));
        let new = row.electorate.iter().filter(|(_, voting)| voting.newly_enrolled);
        let told = json!({
            "units": units.collect::<BTreeMap<_, _>>(),
            "new": new.filter_map(|(&unit, _)| named(unit)).collect::<Vec<_>>(),
            "enrolled": enrolled,
        });
        Some((federation.proposal_ref(id)?.to_string(), told))
    };
    federation.proposals().filter_map(fixed).collect()
}

/// What came of each proposal.
fn decisions(federation: &Federation) -> Map<String, Value> {
    let decided = |(id, row): (_, &Proposal)| {
        Some((federation.proposal_ref(id)?.to_string(), json!(row.counted())))
    };
    federation.proposals().filter_map(decided).collect()
}
