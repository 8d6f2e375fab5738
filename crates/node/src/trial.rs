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
