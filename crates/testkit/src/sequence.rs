//! Random sequences of acts, with every invariant checked after every act.

use std::collections::BTreeMap;
use std::fmt;

use federation::invariants::{self, Broken};
use federation::{Entry, Federation};

use crate::chance::mixed;
use crate::milestone::Milestones;
use crate::step::Step;
use crate::{Scene, Wild, end, erased, milestone, recalled, renamed, step};

/// What a number of sequences have done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How often each kind of act was accepted.
    pub accepted: BTreeMap<&'static str, u64>,
    /// How often each refusal came.
    pub refused: BTreeMap<&'static str, u64>,
    /// How often somebody would have had to wait until tomorrow to put another question.
    pub waits: u64,
    /// How many records were not compared with themselves without councils; see
    /// [`erased::decisions_stay_without_councils`].
    pub councils_unseen: u64,
    /// How often what matters was brought about; see [`crate::milestone`].
    pub reached: BTreeMap<&'static str, u64>,
}

impl Coverage {
    /// Adds what others have done.
    pub fn add(&mut self, other: &Self) {
        self.waits += other.waits;
        self.councils_unseen += other.councils_unseen;
        for (act, count) in &other.accepted {
            *self.accepted.entry(act).or_default() += count;
        }
        for (code, count) in &other.refused {
            *self.refused.entry(code).or_default() += count;
        }
        for (milestone, count) in &other.reached {
            *self.reached.entry(milestone).or_default() += count;
        }
    }
}

/// An invariant that a sequence has broken.
pub struct Failure {
    /// Which one, and what was found.
    pub broken: Broken,
    /// The acts that lead there, as few as were found.
    pub entries: Vec<Entry>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, after {} acts:", self.broken, self.entries.len())?;
        for entry in &self.entries {
            let statement = &entry.statement;
            writeln!(f, "{} {}: {:?}", entry.time, statement.person, statement.act)?;
        }
        Ok(())
    }
}

/// Two copies of a state, one an act ahead of the other while it is checked.
#[derive(Default)]
struct Watched {
    scene: Scene,
    before: Federation,
}

impl Watched {
    /// Applies an entry and checks what it did. Says the refusal's code if it was refused.
    fn apply(&mut self, entry: &Entry) -> Result<Result<Milestones, &'static str>, Broken> {
        match self.scene.apply(entry.clone()) {
            Err(refusal) => {
                if self.scene.federation != self.before {
                    let found = format!("an act refused as `{}` changes the state", refusal.code());
                    return Err(Broken { invariant: "refusal", found });
                }
                Ok(Err(refusal.code()))
            }
            Ok(outcome) => {
                let after = &self.scene.federation;
                invariants::check(after)?;
                let step = Step { before: &self.before, entry, after };
                step::check(step)?;
                let reached = milestone::reached(step, &outcome.effect);
                // The copy that lags is the replay: it applies the same entries, and R1 compares.
                if let Err(refusal) = self.before.apply(entry) {
                    let found = format!("the same act is refused the second time: {refusal}");
                    return Err(Broken { invariant: "R1", found });
                }
                Ok(Ok(reached))
            }
        }
    }

    /// E7 and G1, also on the way. How many would have to wait to put another question.
    fn everybody_is_free(&self) -> Result<u64, Broken> {
        end::everybody_can_leave(&self.scene)?;
        let waits = end::everybody_can_propose(&self.scene)?;
        end::every_contract_can_be_ended(&self.scene)?;
        recalled::every_delegate_can_be_recalled(&self.scene)?;
        Ok(u64::try_from(waits).unwrap_or(u64::MAX))
    }

    /// What is checked where a sequence ends. Adds what it came to.
    fn finish(&self, coverage: &mut Coverage) -> Result<(), Broken> {
        replayed(&self.scene, &self.before)?;
        coverage.waits += self.everybody_is_free()?;
        end::inventing_raises_nothing(&self.scene)?;
        let seen = erased::decisions_stay_without_councils(&self.scene)?;
        coverage.councils_unseen += u64::from(!seen);
        renamed::names_matter_not(&self.scene)
    }
}

/// R1: the replay has the same bytes, and the bytes make the same state.
fn replayed(scene: &Scene, replay: &Federation) -> Result<(), Broken> {
    let bytes = scene.federation.to_bytes();
    let broken = |found: &str| Err(Broken { invariant: "R1", found: found.to_owned() });
    if replay.to_bytes() != bytes {
        return broken("the replay has other bytes");
    }
    match Federation::from_bytes(&bytes) {
        Some(read) if read == scene.federation && read.to_bytes() == bytes => Ok(()),
        _ => broken("the bytes do not make the same state again"),
    }
}

/// Plays the so-many-th sequence of a seed, and says what it has done.
pub fn play(seed: u64, index: u64, acts: usize) -> Result<Coverage, Box<Failure>> {
    let mut wild = Wild::new(mixed(seed ^ mixed(index)));
    let mut watched = Watched { scene: Scene::new(), ..Watched::default() };
    let mut coverage = Coverage::default();
    for done in 0..acts {
        let entry = wild.next(&mut watched.scene);
        let name = entry.statement.act.name();
        let applied = watched.apply(&entry);
        let applied = match done % 50 {
            49 => applied.and_then(|said| {
                coverage.waits += watched.everybody_is_free()?;
                Ok(said)
            }),
            _ => applied,
        };
        match applied {
            Ok(Ok(reached)) => {
                *coverage.accepted.entry(name).or_default() += 1;
                for milestone in reached {
                    *coverage.reached.entry(milestone).or_default() += 1;
                }
            }
            Ok(Err(code)) => *coverage.refused.entry(code).or_default() += 1,
            Err(broken) => {
                let mut entries = watched.scene.entries;
                if entries.last().is_none_or(|last| last.id != entry.id) {
                    entries.push(entry);
                }
                return Err(Box::new(shrunk(broken, entries)));
            }
        }
    }
    match watched.finish(&mut coverage) {
        Ok(()) => Ok(coverage),
        Err(broken) => Err(Box::new(shrunk(broken, watched.scene.entries))),
    }
}

/// Leaves out whatever the same invariant breaks without.
fn shrunk(broken: Broken, entries: Vec<Entry>) -> Failure {
    let mut failure = Failure { broken, entries };
    let mut size = failure.entries.len() / 2;
    while size > 0 {
        let mut from = 0;
        while from < failure.entries.len() {
            let mut fewer = failure.entries.clone();
            fewer.drain(from..(from + size).min(failure.entries.len()));
            match breaks(&fewer) {
                Some(found) if found.broken.invariant == failure.broken.invariant => {
                    failure = found;
                }
                _ => from += size,
            }
        }
        size /= 2;
    }
    failure
}

/// Whether these entries, those refused left out, break an invariant.
fn breaks(entries: &[Entry]) -> Option<Failure> {
    let mut watched = Watched { scene: Scene::new(), ..Watched::default() };
    // What is tried in the end gets ids that none of these entries has.
    watched.scene.made = 1 << 40;
    for entry in entries {
        if let Err(broken) = watched.apply(entry) {
            let mut entries = watched.scene.entries;
            if entries.last().is_none_or(|last| last.id != entry.id) {
                entries.push(entry.clone());
            }
            return Some(Failure { broken, entries });
        }
    }
    let broken = watched.finish(&mut Coverage::default()).err()?;
    Some(Failure { broken, entries: watched.scene.entries })
}
