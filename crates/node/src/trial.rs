use std::collections::BTreeSet;

use federation::{AnnexId, Entry, Federation, Id, Root, StatementId, Trial, Tried};
use record::{Fault, Leaf, Source, Tree, leaf_hash, read_statement, statement_id};
use serde_json::{Value, json};

use crate::words::question_words;
use crate::{Failed, Hosted};

/// How many entries are read at once.
const AT_ONCE: u64 = 256;

/// What a record would have come to under other parameters of its pact.
#[derive(Debug)]
pub struct Trialled {
    /// What would differ.
    pub tried: Tried,
    /// The places of those entries that would be refused and are about something whose own entry would
    /// be refused before.
    pub follow: BTreeSet<u64>,
}

/// Replays a copy of a record, from a file or from an address, under other parameters of its pact, each
/// by its name and as it is written. The copy is taken as it is, its signatures are not checked. Refused
/// for a parameter that there is not, for a value out of its bounds, and for a copy that its own rules
/// refuse.
pub fn try_copy(
    source: &mut impl Source,
    changes: Vec<(String, String)>,
) -> Result<Trialled, Failed> {
    let size = source.size()?;
    let mut replay = Replay::of(changes)?;
    for from in (0..size).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
        for bytes in source.entries(from..size.min(from + AT_ONCE))? {
            replay.next(&bytes, |id| source.annex(id))?;
        }
    }
    Ok(replay.finish())
}

impl Hosted {
    /// What the federation's own record would have come to under other parameters of its pact; as
    /// [`try_copy`].
    pub fn try_pact(&self, changes: Vec<(String, String)>) -> Result<Trialled, Failed> {
        let size = self.read(Federation::size)?;
        let mut replay = Replay::of(changes)?;
        for from in (0..size).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
            for bytes in self.record().entries(from..size.min(from + AT_ONCE))? {
                replay.next(&bytes, |id| self.record().annex(id))?;
            }
        }
        Ok(replay.finish())
    }
}

/// A record on its way through a trial, entry by entry as it is stored.
struct Replay {
    trial: Trial,
    tree: Tree,
    /// What would be refused.
    gone: BTreeSet<StatementId>,
    follow: BTreeSet<u64>,
}

impl Replay {
    fn of(changes: Vec<(String, String)>) -> Result<Self, Failed> {
        let trial = Trial::of(changes).map_err(|why| wrong(&why))?;
        let (gone, follow) = (BTreeSet::new(), BTreeSet::new());
        Ok(Self { trial, tree: Tree::new(), gone, follow })
    }

    fn next(
        &mut self,
        bytes: &[u8],
        annex: impl FnOnce(AnnexId) -> Result<Option<Vec<u8>>, Fault>,
    ) -> Result<(), Failed> {
        let unreadable = || Failed::fault("an entry of the record cannot be read");
        let leaf = Leaf::from_bytes(bytes).ok_or_else(unreadable)?;
        let entry = entry_of(&leaf, &self.tree, annex)?;
        if !self.trial.replay(&entry).map_err(|why| wrong(&why))? {
            if names(&leaf.statement).any(|named| self.gone.contains(&named)) {
                self.follow.insert(entry.sequence);
            }
            self.gone.insert(entry.id);
        }
        self.tree.push(leaf_hash(bytes));
        Ok(())
    }

    fn finish(self) -> Trialled {
        Trialled { tried: self.trial.finish(), follow: self.follow }
    }
}

fn wrong(why: &impl ToString) -> Failed {
    Failed::refused("parameter", why.to_string())
}

/// An entry of the record, with what the state machine needs to know besides.
fn entry_of(
    leaf: &Leaf,
    before: &Tree,
    annex: impl FnOnce(AnnexId) -> Result<Option<Vec<u8>>, Fault>,
) -> Result<Entry, Failed> {
    let unreadable = |_| Failed::fault("an entry of the record cannot be read");
    let statement = read_statement(&leaf.statement).map_err(unreadable)?;
    let plan = match &statement.act {
        federation::Act::Plan(act) => {
            annex(act.annex)?.and_then(|bytes| circuits::Plan::from_bytes(&bytes).ok())
        }
        _ => None,
    };
    Ok(Entry {
        id: statement_id(&leaf.statement),
        sequence: leaf.sequence,
        time: leaf.time,
        statement,
        root_before: Some(Root(before.root())),
        plan,
    })
}

/// The statements that a statement names, among other hashes.
fn names(statement: &[u8]) -> impl Iterator<Item = StatementId> {
    let words = statement.split(|byte| !byte.is_ascii_alphanumeric());
    words.filter_map(|word| std::str::from_utf8(word).ok()?.parse().ok())
}

impl Trialled {
    /// What would differ, as the interface tells it.
    pub fn told(&self) -> Value {
        let (was, tried) = (&self.tried.was, &self.tried);
        let refused = tried.refused.iter().map(|(entry, refusal)| {
            let follows = self.follow.contains(entry);
            let (code, message) = (refusal.code(), refusal.to_string());
            json!({ "entry": entry, "code": code, "message": message, "follows": follows })
        });
        let decisions = tried.decisions.iter().filter_map(|&(named, passed, would_pass)| {
            let id = was.find_proposal(named).ok()?;
            let about = question_words(was, &was.proposal(id).ok()?.question);
            let proposal = id.number();
            Some(json!({ "proposal": proposal, "about": about, "passed": passed, "would_pass": would_pass }))
        });
        let rounds = tried.rounds.iter().filter_map(|&(named, hours, then)| {
            let round = was.find_round(named).map(Id::number).ok()?;
            Some(json!({ "round": round, "seconds": hours, "would_seconds": then }))
        });
        json!({
            "refused": refused.collect::<Vec<_>>(),
            "decisions": decisions.collect::<Vec<_>>(),
            "rounds": rounds.collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Node;

    #[test]
    fn the_sample_tried_under_its_own_pact_comes_out_the_same_and_under_another_it_does_not() {
        let directory = std::env::temp_dir().join(format!("artel-trial-{}", std::process::id()));
        let node = Node::open_demo(&directory).unwrap();
        let hosted = node.host_sample().unwrap();
        let change = |name: &str, text: &str| vec![(name.to_owned(), text.to_owned())];
        let same = hosted.try_pact(change("round_open_hours", "120")).unwrap().tried;
        assert!(same.refused.is_empty() && same.decisions.is_empty() && same.rounds.is_empty());
        let other = hosted.try_pact(change("notice_days", "30")).unwrap();
        assert!(!other.tried.refused.is_empty() && !other.tried.decisions.is_empty());
        let refused: Vec<u64> = other.tried.refused.iter().map(|(entry, _)| *entry).collect();
        assert!(!other.follow.is_empty() && other.follow.len() < refused.len());
        assert!(
            !other.follow.contains(&refused[0]) && other.follow.iter().all(|e| refused.contains(e))
        );
        let copy = directory.join("copy.sqlite");
        hosted.record().export(&copy).unwrap();
        let mut copy = record::RecordFile::open(&copy).unwrap();
        let tried = crate::try_copy(&mut copy, change("notice_days", "30")).unwrap();
        assert_eq!(tried.told(), other.told());
        assert!(hosted.try_pact(change("haste", "1")).is_err());
        std::fs::remove_dir_all(directory).unwrap();
    }
}
