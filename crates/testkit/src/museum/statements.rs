use federation::{Act, FederationId, PublicKey, Ref, StatementId};

use super::Case;
use super::stage::refused;
use crate::{Scene, digest, member, phrases};

pub(super) const CASES: &[Case] = &[
    ("Somebody signs a statement of form 2.", |mut stage| {
        stage.changed(Act::AttestTime {}, |entry| entry.statement.form = 2)
    }),
    ("The first entry of a record is not the founding act.", |_| {
        refused(Scene::new().try_act(member(1), Act::AttestTime {}).err())
    }),
    ("A second founding act comes in.", |mut stage| {
        let again = crate::scene::founding(Default::default(), super::Stage::listed());
        stage.refuses(stage.bakery, again)
    }),
    ("A statement for another federation is handed in.", |mut stage| {
        stage.changed(Act::AttestTime {}, |entry| {
            entry.statement.federation = FederationId(digest(b'f', 2));
        })
    }),
    ("The bakery says yes to a contract that nobody has proposed.", |mut stage| {
        let nobody = Ref::new(StatementId(digest(b's', u64::MAX)), 0);
        stage.refuses(stage.bakery, phrases::accept(nobody))
    }),
    ("The host's clock is set back by an hour.", |mut stage| {
        stage.changed(Act::AttestTime {}, |entry| entry.time = entry.time.plus_seconds(-3600))
    }),
    ("The host's clock runs an hour ahead of everybody's.", |mut stage| {
        stage.changed(Act::AttestTime {}, |entry| entry.time = entry.time.plus_seconds(3600))
    }),
    ("A statement is signed with a key that nobody has added.", |mut stage| {
        stage.changed(Act::AttestTime {}, |entry| {
            entry.statement.key = PublicKey(digest(b'k', u64::MAX));
        })
    }),
    ("A member signs with a key that they have taken out of use.", |mut stage| {
        let second = stage.second();
        let revoke = federation::act::RevokeKey { key: second.key };
        stage.scene.record(second, Act::RevokeKey(revoke));
        stage.refuses_person(second, Act::AttestTime {})
    }),
    ("A statement is handed in twice.", |mut stage| {
        let again = stage.scene.entries.first().map_or(0, |entry| entry.statement.serial);
        stage.changed(Act::AttestTime {}, |entry| entry.statement.serial = again)
    }),
    ("A statement comes out of an outbox after 2,000 others.", |mut stage| {
        let mut ahead = stage.scene.entry(stage.scene.signer(stage.bakery), Act::AttestTime {});
        ahead.statement.serial += 2000;
        let late = ahead.statement.serial - 1995;
        assert!(stage.scene.apply(ahead).is_ok(), "a number may be far ahead");
        stage.changed(Act::AttestTime {}, |entry| entry.statement.serial = late)
    }),
    ("A member acts for a co-member who has a device.", |mut stage| {
        let second = stage.second().person;
        stage.changed(Act::AttestTime {}, |entry| entry.statement.person = second)
    }),
    ("A member of the bakery acts for a member of the clinic.", |mut stage| {
        let other = stage.scene.signer(stage.clinic).person;
        stage.changed(Act::AttestTime {}, |entry| entry.statement.person = other)
    }),
    ("A member signs twice what two members must sign.", |mut stage| {
        let signer = stage.scene.signer(stage.bakery);
        stage.scene.record(signer, Act::Leave {});
        stage.refuses_person(signer, Act::Leave {})
    }),
    ("Somebody who has left the bakery offers bread.", |mut stage| {
        let second = stage.second();
        stage.scene.record(second, Act::MemberLeaves {});
        stage.refuses_person(second, Act::Offer(phrases::wish(stage.bread, 1)))
    }),
    ("A unit offers before it has signed its row of the founding list.", |stage| {
        let mut scene = Scene::new();
        let listed = super::Stage::listed();
        let founder = scene.founder_of(&listed);
        scene.record(founder, crate::scene::founding(Default::default(), listed));
        let clinic = scene.called("clinic");
        scene.refused(clinic, Act::Offer(phrases::wish(stage.bread, 1)))
    }),
    ("A unit that left offers something.", |mut stage| {
        stage.scene.does(stage.farm, Act::Leave {});
        stage.refuses(stage.farm, Act::Offer(phrases::wish(stage.bread, 1)))
    }),
    ("A newcomer whom nobody backs does a fifty-first thing in a day.", |mut stage| {
        let newcomer = member(1);
        stage.scene.record(newcomer, phrases::join("smithy"));
        for _ in 1..50 {
            stage.scene.record(newcomer, Act::AttestTime {});
        }
        stage.refuses_person(newcomer, Act::AttestTime {})
    }),
    ("A unit offers more bread than there are numbers for its hours.", |mut stage| {
        let act = phrases::wish(stage.bread, measure::MAGNITUDE_MAX);
        stage.refuses(stage.bakery, Act::Offer(act))
    }),
];
