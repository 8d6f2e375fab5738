use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long something takes before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where a long step says what it is at.
pub(crate) struct Said(ProgressBar);

impl Said {
    /// Changes what the line says.
    pub(crate) fn say(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}

/// A line on stderr that shows how far a long step is. Nothing for a short one, or if stderr is no
/// terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: bool,
    calls: u32,
}

impl Progress {
    /// Progress through so many bytes.
    pub(crate) fn bytes(what: &str, length: u64) -> Self {
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} % {eta}");
        Self::new(what, Some(length), style.ok())
    }

    /// A step of unknown length.
    pub(crate) fn step(what: &str) -> Self {
        Self::new(what, None, ProgressStyle::with_template("{msg} {elapsed}").ok())
    }

    fn new(what: &str, length: Option<u64>, style: Option<ProgressStyle>) -> Self {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        if let Some(style) = style {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self { bar, begun: Instant::now(), shown: false, calls: 0 }
    }

    /// Says how far it is. Cheap enough for every row.
    pub(crate) fn at(&mut self, position: u64) {
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(4096) {
            self.show_if_long();
            self.bar.set_position(position);
        }
    }

    fn show_if_long(&mut self) {
        if !self.shown && self.begun.elapsed() > PATIENCE {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the line away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }

    /// Runs a step that cannot say how far it is, on a thread of its own, and shows how long it
    /// has been at it.
    pub(crate) fn while_running<T: Send>(what: &str, run: impl FnOnce(&Said) -> T + Send) -> T {
        let mut progress = Self::step(what);
        let said = Said(progress.bar.clone());
        let (done, wait) = std::sync::mpsc::channel::<()>();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                use std::sync::mpsc::RecvTimeoutError::Timeout;
                while wait.recv_timeout(Duration::from_millis(100)) == Err(Timeout) {
                    progress.show_if_long();
                    progress.bar.tick();
                }
                progress.done();
            });
            let result = run(&said);
            drop(done);
            result
        })
    }
}
