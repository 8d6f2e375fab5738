use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{self, JoinHandle};

use federation::Time;

use crate::host::{Submitted, submitted};
use crate::{Accepted, Fault, Host, NotDone, Submission};

/// Hands submissions from many threads to the host, which runs on a thread of its own.
///
/// Whatever arrives while a batch is being made durable becomes the next batch: one commit for
/// all of them (group commit). Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    waiting: SyncSender<Waiting>,
}

/// How an answer goes back.
type Answer = Box<dyn FnOnce(Result<Accepted, NotDone>) + Send>;

struct Waiting {
    submitted: Submitted,
    answer: Answer,
}

/// The most submissions that are taken together.
const BATCH_MAX: usize = 1024;

/// The most submissions that wait.
const WAITING_MAX: usize = 4 * BATCH_MAX;

impl Intake {
    /// Puts the host on a thread of its own. `clock` says what time it is. When the last intake is
    /// dropped, the thread takes a snapshot, ends, and gives the host back.
    pub fn start(
        host: Host,
        clock: impl Fn() -> Time + Send + 'static,
    ) -> Result<(Self, JoinHandle<Host>), Fault> {
        let (sender, receiver) = sync_channel(WAITING_MAX);
        let thread = thread::Builder::new()
            .name("host".to_owned())
            .spawn(move || work(host, &receiver, clock))
            .map_err(|why| Fault::Thread { why: why.to_string() })?;
        Ok((Self { waiting: sender }, thread))
    }

    /// Hands over a submission; the answer is called, on the host's thread, once it is durable or
    /// refused. It never waits: if too many are waiting, the answer is at once that the host is
    /// busy. What can be checked without the state, the signature first of all, is checked here,
    /// on the caller's thread, while the host makes others durable.
    pub fn submit(
        &self,
        submission: Submission,
        answer: impl FnOnce(Result<Accepted, NotDone>) + Send + 'static,
    ) {
        let waiting = Waiting { submitted: submitted(submission), answer: Box::new(answer) };
        match self.waiting.try_send(waiting) {
            Ok(()) => {}
            Err(TrySendError::Full(back)) => {
                (back.answer)(Err(NotDone::Busy { waiting: WAITING_MAX }));
            }
            Err(TrySendError::Disconnected(back)) => (back.answer)(Err(NotDone::Stopped)),
        }
    }

    /// Hands over a submission and waits for the answer.
    pub fn submit_and_wait(&self, submission: Submission) -> Result<Accepted, NotDone> {
        let (sender, receiver) = sync_channel(1);
        self.submit(submission, move |answer| {
            // Nobody else holds the receiver, so it is there until the answer has come.
            let _ = sender.send(answer);
        });
        receiver.recv().unwrap_or(Err(NotDone::Stopped))
    }
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Intake")
    }
}

fn work(mut host: Host, receiver: &Receiver<Waiting>, clock: impl Fn() -> Time) -> Host {
    while let Ok(first) = receiver.recv() {
        let others = receiver.try_iter().take(BATCH_MAX - 1);
        let (submitted, answers): (Vec<_>, Vec<_>) =
            std::iter::once(first).chain(others).map(|one| (one.submitted, one.answer)).unzip();
        match host.take(clock(), submitted) {
            Ok(results) => {
                for (answer, result) in answers.into_iter().zip(results) {
                    answer(result.map_err(NotDone::Refused));
                }
            }
            Err(fault) => {
                for answer in answers {
                    answer(Err(NotDone::Fault(fault.clone())));
                }
            }
        }
    }
    // Without one, the next opening only takes longer.
    let _ = host.snapshot();
    host
}
