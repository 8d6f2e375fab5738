use federation::{Entry, Root, Trial, Tried};
use record::{Leaf, Tree, leaf_hash, read_statement, statement_id};

use crate::{Failed, Hosted};

/// How many entries are read at once.
const AT_ONCE: u64 = 256;

impl Hosted {
    /// What the federation's own record would have come to under other parameters of its pact, each
    /// by its name and as it is written. Refused for a parameter that there is not, and for a value
    /// out of its bounds.
    pub fn try_pact(&self, changes: Vec<(String, String)>) -> Result<Tried, Failed> {
        let wrong = |why: String| Failed::refused("parameter", why);
        let mut trial = Trial::of(changes).map_err(|refused| wrong(refused.to_string()))?;
        let size = self.read(federation::Federation::size)?;
        let mut tree = Tree::new();
        for from in (0..size).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
            for bytes in self.record().entries(from..size.min(from + AT_ONCE))? {
                let entry = self.entry_of(&bytes, &tree)?;
                trial.replay(&entry).map_err(|refusal| wrong(refusal.to_string()))?;
                tree.push(leaf_hash(&bytes));
            }
        }
        Ok(trial.finish())
    }

    /// An entry of the record, with what the state machine needs to know besides.
    fn entry_of(&self, bytes: &[u8], before: &Tree) -> Result<Entry, Failed> {
        let unreadable = || Failed::fault("an entry of the record cannot be read");
        let leaf = Leaf::from_bytes(bytes).ok_or_else(unreadable)?;
        let statement = read_statement(&leaf.statement).map_err(|_| unreadable())?;
        let plan = match &statement.act {
            federation::Act::Plan(act) => {
                let annex = self.record().annex(act.annex)?;
                annex.and_then(|bytes| circuits::Plan::from_bytes(&bytes).ok())
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
        let same = hosted.try_pact(change("round_open_hours", "120")).unwrap();
        assert!(same.refused.is_empty() && same.decisions.is_empty() && same.rounds.is_empty());
        let other = hosted.try_pact(change("notice_days", "30")).unwrap();
        assert!(!other.refused.is_empty() && !other.decisions.is_empty());
        assert!(hosted.try_pact(change("haste", "1")).is_err());
        std::fs::remove_dir_all(directory).unwrap();
    }
}
