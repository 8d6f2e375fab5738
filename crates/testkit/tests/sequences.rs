//! Random sequences of acts keep every invariant.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use testkit::milestone;
use testkit::sequence::{self, Coverage};

/// What every run begins with; `ARTEL_TEST_SEED` gives another.
const SEED: u64 = 1871;

/// How many acts a sequence has.
const ACTS: usize = 200;

/// How often every kind of act is accepted at least in ten thousand sequences.
const ACCEPTED_LEAST: u64 = 100;

/// How often everything that matters is reached in them.
const REACHED_LEAST: u64 = 5;

/// Of so many records at most one is not compared with itself without councils.
const UNSEEN_AT_MOST_ONE_IN: u64 = 100;

fn set(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn random_sequences_of_acts_keep_every_invariant() {
    let seed = set("ARTEL_TEST_SEED").unwrap_or(SEED);
    let long = set("ARTEL_TEST_LONG").is_some();
    let count = set("ARTEL_TEST_SEQUENCES").unwrap_or(if long { 100_000 } else { 10_000 });
    let only = set("ARTEL_TEST_SEQUENCE");
    let next = AtomicU64::new(only.unwrap_or(0));
    let end = only.map_or(count, |index| index + 1);
    let all = Mutex::new(Coverage::default());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut own = Coverage::default();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= end {
                        break;
                    }
                    match sequence::play(seed, index, ACTS) {
                        Ok(coverage) => own.add(&coverage),
                        Err(failure) => {
                            next.store(u64::MAX / 2, Ordering::Relaxed);
                            panic!("ARTEL_TEST_SEED={seed} ARTEL_TEST_SEQUENCE={index}: {failure}");
                        }
                    }
                }
                all.lock().unwrap().add(&own);
            });
        }
    });
    let all = all.into_inner().unwrap();
    println!("{all:#?}");
    let unseen = all.councils_unseen;
    println!("{unseen} of {count} records were not compared with themselves without councils");
    if only.is_none() && count >= 10_000 {
        everything_happened(&all);
        assert!(unseen * UNSEEN_AT_MOST_ONE_IN <= count, "{unseen} of {count} were not compared");
    }
}

/// A test that passes because little happened shows little.
fn everything_happened(all: &Coverage) {
    for act in milestone::ACTS {
        let count = all.accepted.get(act).copied().unwrap_or(0);
        assert!(count >= ACCEPTED_LEAST, "only {count} of `{act}` were accepted");
    }
    for milestone in milestone::ALL {
        let count = all.reached.get(milestone).copied().unwrap_or(0);
        assert!(count >= REACHED_LEAST, "only {count} times: {milestone}");
    }
}
