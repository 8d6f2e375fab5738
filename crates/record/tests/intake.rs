//! Many threads hand in acts while many others read.

mod sample;

use std::sync::mpsc::channel;
use std::thread;

use record::{Intake, NotDone, RecordFile, verify};
use sample::{Member, Place, morning};

#[test]
fn what_many_threads_hand_in_makes_one_history() {
    let place = Place::new("many");
    let (host, founder) = place.found();
    let (intake, thread) = Intake::start(host, morning).unwrap();
    thread::scope(|scope| {
        for mut member in [founder, Member::new(2)] {
            let intake = intake.clone();
            scope.spawn(move || {
                for _ in 0..100 {
                    intake.submit_and_wait(member.attests()).unwrap();
                }
            });
        }
        let mut stranger = Member::new(9);
        let refused = intake.submit_and_wait(stranger.attests());
        assert!(matches!(refused, Err(NotDone::Refused(_))), "{refused:?}");
    });
    drop(intake);
    let host = thread.join().unwrap();
    assert_eq!(host.record().checkpoint().checkpoint().size, 201);
    let verified = verify(&mut RecordFile::open(&place.database()).unwrap(), None, |_, _| {});
    assert_eq!(verified.unwrap().size, 201);
}

#[test]
fn whoever_reads_the_state_can_read_the_record_beside_it() {
    let place = Place::new("beside");
    let (host, mut founder) = place.found();
    let record = host.record();
    let (intake, _thread) = Intake::start(host, morning).unwrap();
    let (done, answers) = channel();
    for _ in 0..300 {
        let done = done.clone();
        intake.submit(founder.attests(), move |answer| done.send(answer.is_ok()).unwrap());
    }
    drop(done);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut size = 0;
                while size < 301 {
                    let state = record.state().unwrap();
                    // Nothing is recorded while the state is held.
                    size = state.size();
                    assert_eq!(record.entries(0..u64::MAX).unwrap().len() as u64, size);
                    assert!(record.checkpoint().checkpoint().size <= size);
                }
            });
        }
        assert_eq!(answers.iter().filter(|is_ok| *is_ok).count(), 300);
    });
}

#[test]
fn a_host_that_cannot_keep_up_says_so_at_once() {
    let place = Place::new("busy");
    let (host, mut founder) = place.found();
    let record = host.record();
    let (intake, thread) = Intake::start(host, morning).unwrap();
    let (one, (sender, answers)) = (founder.attests(), channel());
    {
        // While somebody reads the state, nothing is recorded and what comes in has to wait.
        let _reading = record.state().unwrap();
        for _ in 0..6000 {
            let sender = sender.clone();
            intake.submit(one.clone(), move |answer| sender.send(answer).unwrap());
        }
    }
    drop((intake, sender));
    let answers: Vec<_> = answers.iter().collect();
    let busy = answers.iter().filter(|answer| matches!(answer, Err(NotDone::Busy { .. }))).count();
    assert!((880..=1904).contains(&busy), "{busy}");
    let accepted = answers.iter().filter_map(|answer| answer.as_ref().ok());
    assert!(accepted.clone().all(|accepted| accepted.receipt.sequence == 1));
    assert_eq!(accepted.count() + busy, 6000);
    assert_eq!(thread.join().unwrap().record().checkpoint().checkpoint().size, 2);
}
