use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use federation::Time;

/// The node's clock: the machine's, moved by so many seconds.
///
/// Only a demonstration moves it, to let a week pass at once. Nothing in a record rests on it:
/// periods end by what members' statements say.
#[derive(Debug, Default)]
pub struct Clock {
    ahead_seconds: AtomicI64,
}

impl Clock {
    /// The moment it is.
    pub fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        let shifted = seconds.saturating_add(self.ahead_seconds.load(Ordering::Relaxed));
        Time::from_seconds(shifted).unwrap_or_default()
    }

    /// Moves the clock on.
    pub fn pass(&self, seconds: u32) {
        self.ahead_seconds.fetch_add(i64::from(seconds), Ordering::Relaxed);
    }

    /// By how many seconds it is ahead of the machine's.
    pub fn ahead_seconds(&self) -> i64 {
        self.ahead_seconds.load(Ordering::Relaxed)
    }
}
