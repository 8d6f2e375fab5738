//! What can be checked of a statement without knowing the federation.

use circuits::Plan;
use federation::{Act, AnnexId, BodyId, Entry, PersonId, Statement, StatementId, Time};

use crate::Refused;
use crate::bodies::NewBody;
use crate::body::Body;
use crate::hash::{Hash, leaf_hash, sha256};
use crate::key::{SignatureBytes, is_signed_by};
use crate::leaf::Leaf;
use crate::statement::{bodies_named, read_statement, statement_id};
use crate::submission::Submission;

/// The most bytes of an annex.
pub const ANNEX_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A statement of the right form, with its signature, annex and bodies checked.
#[derive(Debug)]
pub(crate) struct Checked {
    /// What the state machine is given; its place and time are settled when it is placed.
    pub(crate) entry: Entry,
    pub(crate) bytes: Vec<u8>,
    pub(crate) signature: SignatureBytes,
    pub(crate) annex: Option<(AnnexId, Vec<u8>)>,
    /// The bodies that came along.
    pub(crate) bodies: Vec<NewBody>,
    /// The bodies that are named and did not.
    pub(crate) bodies_missing: Vec<BodyId>,
}

impl Checked {
    /// Checks everything that a submission can be asked without the state.
    pub(crate) fn of(submission: Submission) -> Result<Self, Refused> {
        let Submission { statement: bytes, signature, annex, bodies } = submission;
        let entry = read_signed(&bytes, &signature)?;
        let annex = check_annex(&entry.statement, annex)?;
        let mut checked =
            Self { entry, bytes, signature, annex, bodies: Vec::new(), bodies_missing: Vec::new() };
        checked.take_plan()?;
        checked.take_bodies(bodies)?;
        Ok(checked)
    }

    fn take_plan(&mut self) -> Result<(), Refused> {
        if let Some((annex, bytes)) = &self.annex {
            let unreadable = |why| Refused::AnnexUnreadable { annex: *annex, why };
            self.entry.plan = Some(Plan::from_bytes(bytes).map_err(unreadable)?);
        }
        Ok(())
    }

    fn take_bodies(&mut self, bodies: Vec<Vec<u8>>) -> Result<(), Refused> {
        let author = self.entry.statement.person;
        let mut named = bodies_named(&self.entry.statement);
        for bytes in bodies {
            if bytes.len() > Body::BYTES_MAX {
                return Err(Refused::BodyTooLarge { found: bytes.len() });
            }
            let id = BodyId(sha256(&bytes));
            let about = take(&mut named, id).ok_or(Refused::BodyNotNamed { body: id })?;
            self.bodies.push(NewBody { id, author, about, bytes });
        }
        self.bodies_missing = named.into_iter().map(|(id, _)| id).collect();
        Ok(())
    }

    /// The entry's bytes, once its place and time are settled.
    pub(crate) fn to_leaf(&self) -> Vec<u8> {
        let (sequence, time) = (self.entry.sequence, self.entry.time);
        Leaf { sequence, time, signature: self.signature, statement: self.bytes.clone() }.to_bytes()
    }
}

/// Takes all mentions of a body out of the list, and says whom it is about.
fn take(named: &mut Vec<(BodyId, PersonId)>, id: BodyId) -> Option<PersonId> {
    let about = named.iter().find(|(body, _)| *body == id)?.1;
    named.retain(|(body, _)| *body != id);
    Some(about)
}

fn check_annex(
    statement: &Statement,
    annex: Option<Vec<u8>>,
) -> Result<Option<(AnnexId, Vec<u8>)>, Refused> {
    let named = annex_named(statement);
    let Some(bytes) = annex else {
        return named.map_or(Ok(None), |annex| Err(Refused::AnnexMissing { annex }));
    };
    if bytes.len() > ANNEX_BYTES_MAX {
        return Err(Refused::AnnexTooLarge { found: bytes.len() });
    }
    let found = AnnexId(sha256(&bytes));
    if named == Some(found) {
        Ok(Some((found, bytes)))
    } else {
        Err(Refused::AnnexNotNamed { annex: found })
    }
}

/// The annex that a statement names.
pub(crate) fn annex_named(statement: &Statement) -> Option<AnnexId> {
    match &statement.act {
        Act::Plan(plan) => Some(plan.annex),
        _ => None,
    }
}

/// A statement with its signature checked, as an entry whose place is not settled.
fn read_signed(bytes: &[u8], signature: &SignatureBytes) -> Result<Entry, Refused> {
    let statement = read_statement(bytes)?;
    if !is_signed_by(statement.key, bytes, signature) {
        return Err(Refused::SignatureWrong { key: statement.key });
    }
    let id = statement_id(bytes);
    Ok(Entry { id, sequence: 0, time: Time::default(), statement, root_before: None, plan: None })
}

/// An entry of the record, checked as far as it can be by itself.
#[derive(Debug)]
pub(crate) struct CheckedEntry {
    pub(crate) entry: Entry,
    pub(crate) hash: Hash,
}

impl CheckedEntry {
    /// Checks the entry that stands at `sequence`; refused with the reason.
    pub(crate) fn of(sequence: u64, bytes: &[u8]) -> Result<Self, String> {
        let leaf = Leaf::from_bytes(bytes).ok_or("its bytes are no entry")?;
        if leaf.sequence != sequence {
            return Err(format!("it says that it is entry {}", leaf.sequence));
        }
        let signed = read_signed(&leaf.statement, &leaf.signature);
        let entry = signed.map_err(|refused| refused.to_string())?;
        let entry = Entry { sequence, time: leaf.time, ..entry };
        Ok(Self { entry, hash: leaf_hash(bytes) })
    }
}

/// The name of a submission's statement.
pub(crate) fn id_of(submission: &Submission) -> StatementId {
    statement_id(&submission.statement)
}
