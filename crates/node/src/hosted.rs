use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use federation::{AnnexId, Federation, FederationId, Outcome, PublicKey, Statement, Time};
use record::{Accepted, Host, Intake, Leaf, NotDone, Receipt, Record, Submission, read_statement};
use tokio::sync::oneshot;

use crate::answers::Solved;
use crate::outlooks::Outlooks;
use crate::overview::Overviews;
use crate::people::People;
use crate::solving::Solving;
use crate::{Clock, Failed, Progress};

/// A federation that this node hosts.
#[derive(Debug)]
pub struct Hosted {
    record: Record,
    intake: Intake,
    pub(crate) clock: Arc<Clock>,
    pub(crate) people: People,
    /// The last serial number given out for each kept key.
    pub(crate) serials: Mutex<BTreeMap<PublicKey, u64>>,
    tending: Mutex<()>,
    /// Whose turn it is to try other parameters of the pact.
    pub(crate) trying: tokio::sync::Mutex<()>,
    pub(crate) solving: Solving,
    /// The plan that was last asked about.
    solved: Mutex<Option<(AnnexId, Arc<Solved>)>>,
    pub(crate) outlooks: Outlooks,
    pub(crate) overviews: Overviews,
}

/// What came of a statement that was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its place in the record.
    pub entry: u64,
    /// What it has brought about; none if it was in the record before.
    pub outcome: Option<Outcome>,
    /// The proof that it is in the record.
    pub receipt: Receipt,
}

/// An entry of the record as it is read.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its place in the record.
    pub sequence: u64,
    /// The host's time.
    pub time: Time,
    /// What was said.
    pub statement: Statement,
    /// The entry as it is stored.
    pub leaf: Leaf,
}

impl From<Accepted> for Recorded {
    fn from(accepted: Accepted) -> Self {
        let Accepted { receipt, outcome } = accepted;
        Self { entry: receipt.sequence, outcome, receipt }
    }
}

impl Hosted {
    /// Goes on with an open record.
    pub(crate) fn start(host: Host, clock: Arc<Clock>) -> Result<Self, Failed> {
        let record = host.record();
        let times = clock.clone();
        // The thread ends with the last intake, and takes a snapshot on its way out.
        let (intake, _) = Intake::start(host, move || times.now())?;
        Ok(Self {
            intake,
            record,
            clock,
            people: People::default(),
            serials: Mutex::default(),
            tending: Mutex::default(),
            trying: tokio::sync::Mutex::default(),
            solving: Solving::default(),
            solved: Mutex::default(),
            outlooks: Outlooks::default(),
            overviews: Overviews::default(),
        })
    }

    /// The federation's id.
    pub fn id(&self) -> FederationId {
        self.record.federation()
    }

    /// The beginning of the id, long enough for addresses.
    pub fn short_id(&self) -> String {
        self.id().to_string().chars().take(16).collect()
    }

    /// The record, to read.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Looks at the state. Nothing is recorded meanwhile, so look quickly, and only once at a time.
    pub fn read<R>(&self, look: impl FnOnce(&Federation) -> R) -> Result<R, Failed> {
        Ok(look(&*self.record.state()?))
    }

    /// Hands in a signed statement, and waits until it is durable or refused.
    pub async fn submit(&self, submission: Submission) -> Result<Recorded, Failed> {
        let (sender, coming) = oneshot::channel();
        // Whoever has stopped waiting for the answer finds it in the record.
        let answer = move |answer| drop(sender.send(answer));
        if submission.annex.is_none() {
            self.intake.submit(submission, answer);
        } else {
            // An annex can be large, and reading it would keep other requests waiting.
            let intake = self.intake.clone();
            let handing_in = move || intake.submit(submission, answer);
            tokio::task::spawn_blocking(handing_in).await.map_err(Failed::fault)?;
        }
        Ok(coming.await.map_err(|_| NotDone::Stopped)??.into())
    }

    /// As [`Hosted::submit`], for a thread that may wait.
    pub fn submit_and_wait(&self, submission: Submission) -> Result<Recorded, Failed> {
        Ok(self.intake.submit_and_wait(submission)?.into())
    }

    /// What an entry says, or `None` beyond the last one.
    pub fn said(&self, entry: u64) -> Result<Option<Said>, Failed> {
        Ok(self.said_in(entry..entry.saturating_add(1))?.pop())
    }

    /// What the entries in a range say, as far as there are any.
    pub fn said_in(&self, range: Range<u64>) -> Result<Vec<Said>, Failed> {
        let entries = self.record.entries(range)?;
        entries.iter().map(|bytes| said(bytes)).collect()
    }

    /// Takes the turn at tending, unless somebody else has it.
    pub(crate) fn turn(&self) -> Option<MutexGuard<'_, ()>> {
        match self.tending.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(turn)) => Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    /// How far the plan is that is being worked out here, if one is.
    pub fn progress(&self) -> Option<Progress> {
        self.solving.progress()
    }

    /// The plan of an annex with its problem, if it was asked about last.
    pub(crate) fn kept_solved(&self, annex: AnnexId) -> Option<Arc<Solved>> {
        let kept = self.solved.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(of, _)| *of == annex).map(|(_, solved)| solved.clone())
    }

    /// Keeps a plan with its problem, for whoever asks next.
    pub(crate) fn keep_solved(&self, annex: AnnexId, solved: Arc<Solved>) {
        *self.solved.lock().unwrap_or_else(PoisonError::into_inner) = Some((annex, solved));
    }

    /// The next serial number of a kept key.
    pub(crate) fn next_serial(&self, key: PublicKey, state: &Federation) -> u64 {
        let used = state.key(key).and_then(|key| key.serials.highest());
        let mut serials = self.serials.lock().unwrap_or_else(PoisonError::into_inner);
        let last = serials.get(&key).copied().max(used);
        let next = last.map_or(0, |last| last + 1);
        serials.insert(key, next);
        next
    }
}

fn said(bytes: &[u8]) -> Result<Said, Failed> {
    let leaf = Leaf::from_bytes(bytes)
        .ok_or_else(|| Failed::fault("an entry cannot be read; run `artel doctor`"))?;
    let statement = read_statement(&leaf.statement)?;
    Ok(Said { sequence: leaf.sequence, time: leaf.time, statement, leaf })
}
