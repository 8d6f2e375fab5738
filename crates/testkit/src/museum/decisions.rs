use federation::act::{
    AcceptPact, CountRoom, EssentialMark, Question, RoomVotes, SealAct, Vote, WithdrawProposal,
};
use federation::rows::Proposal;
use federation::{Act, Days, Line, Pact, PersonId, Prose, Ref, Refusal};

use super::Case;
use super::stage::Stage;
use crate::{asks, member, phrases, votes};

/// What a rule says to a proposal of the bakery's.
fn proposing(mut stage: Stage, change: impl FnOnce(&mut federation::act::Propose)) -> Refusal {
    let mut act = asks(Question::Text {}, stage.scene.now.plus_days(Days(14)));
    change(&mut act);
    stage.refuses(stage.bakery, Act::Propose(act))
}

/// So many votes of one person in a room.
fn counted(proposal: Ref<Proposal>, person: PersonId, count: u32) -> Act {
    let votes = vec![RoomVotes { vote: Vote::Choose(0), reason: Line::default(), count }];
    Act::CountRoom(CountRoom { proposal, present: [person].into(), votes })
}

pub(super) const CASES: &[Case] = &[
    ("The bakery proposes something without a word.", |stage| {
        proposing(stage, |act| act.text = Prose::default())
    }),
    ("The bakery proposes a text to the whole, with options.", |stage| {
        proposing(stage, |act| act.options = vec![phrases::line("a path")])
    }),
    ("The bakery wants a poll of the whole to close on the day its notice ends.", |mut stage| {
        let closes = stage.scene.now.plus_days(Days(7));
        stage.refuses(stage.bakery, Act::Propose(asks(Question::Text {}, closes)))
    }),
    ("A baker puts a sixth question to all while five are open.", |mut stage| {
        for _ in 0..5 {
            stage.scene.proposed(stage.bakery, Question::Text {});
        }
        proposing(stage, |_| {})
    }),
    ("The bakery puts forward again what is still open.", |mut stage| {
        let again = stage.scene.proposed(stage.bakery, Question::Text {});
        proposing(stage, |act| act.again = Some(again))
    }),
    ("A farmer takes back what a baker has proposed.", |mut stage| {
        let proposal = stage.scene.proposed(stage.bakery, Question::Text {});
        stage.refuses(stage.farm, Act::WithdrawProposal(WithdrawProposal { proposal }))
    }),
    ("A baker takes back what members have voted on.", |mut stage| {
        let proposal = stage.scene.proposed(stage.bakery, Question::Own {});
        stage.scene.chooses(stage.second(), proposal, 0);
        stage.refuses(stage.bakery, Act::WithdrawProposal(WithdrawProposal { proposal }))
    }),
    ("A baker takes a proposal back twice.", |mut stage| {
        let proposal = stage.scene.proposed(stage.bakery, Question::Text {});
        let withdraw = Act::WithdrawProposal(WithdrawProposal { proposal });
        stage.scene.does(stage.bakery, withdraw.clone());
        stage.refuses(stage.bakery, withdraw)
    }),
    ("A baker votes before the notice has ended.", |mut stage| {
        let proposal = stage.scene.proposed(stage.bakery, Question::Text {});
        stage.refuses(stage.bakery, votes(proposal, Vote::Choose(0)))
    }),
    ("A farmer votes on what the bakery decides for itself.", |mut stage| {
        let proposal = stage.scene.proposed(stage.bakery, Question::Own {});
        stage.refuses(stage.farm, votes(proposal, Vote::Choose(0)))
    }),
    ("A baker gives scores where the bakery counts yes and no.", |mut stage| {
        let proposal = stage.scene.proposed(stage.bakery, Question::Own {});
        stage.refuses(stage.bakery, votes(proposal, Vote::Score(vec![2, 0, 0])))
    }),
    (
        "A member of the farm votes in a room that is counted after the farm has sealed.",
        |mut stage| {
            let proposal = stage.scene.proposed(stage.farm, Question::Own {});
            stage.scene.does(stage.farm, Act::Seal(SealAct { proposal }));
            let farmer = stage.scene.signer(stage.farm).person;
            stage.refuses(stage.farm, counted(proposal, farmer, 1))
        },
    ),
    ("Tellers of the farm count two votes of one person.", |mut stage| {
        let proposal = stage.scene.proposed(stage.farm, Question::Own {});
        let farmer = stage.scene.signer(stage.farm).person;
        stage.refuses(stage.farm, counted(proposal, farmer, 2))
    }),
    ("Tellers count somebody who has voted on a screen.", |mut stage| {
        let proposal = stage.scene.proposed(stage.farm, Question::Own {});
        let farmer = stage.scene.signer(stage.farm);
        stage.scene.chooses(farmer, proposal, 0);
        stage.refuses(stage.farm, counted(proposal, farmer.person, 1))
    }),
    ("A farmer who was not in the room signs its count.", |mut stage| {
        let proposal = stage.scene.proposed(stage.farm, Question::Own {});
        let baker = stage.scene.signer(stage.bakery).person;
        stage.refuses(stage.farm, counted(proposal, baker, 1))
    }),
    ("The bakery proposes a pact with another order of preferences.", |stage| {
        let pact = Pact { order: Vec::new(), ..Pact::default() };
        proposing(stage, |act| act.question = Question::Pact(Box::new(pact)))
    }),
    ("The bakery wants bread marked as essential twice.", |stage| {
        let bread = stage.scene.federation.specifications().next();
        let bread = bread.and_then(|(id, _)| stage.scene.federation.specification_ref(id));
        let specification = bread.unwrap_or_else(|| panic!("there is no bread"));
        let mark = EssentialMark { specification, per_member: phrases::steps(1) };
        proposing(stage, |act| act.question = Question::Essentials(vec![mark, mark]))
    }),
    ("A newcomer opens the value of bread to the whole.", |mut stage| {
        let mill = stage.scene.record(member(1), phrases::join("mill"));
        let federation::Effect::Unit(mill) = mill else { panic!("{mill:?}") };
        let question = Question::Value { version: stage.bread, value: phrases::minutes(30) };
        let closes = stage.scene.now.plus_days(Days(14));
        stage.refuses(mill, Act::Propose(asks(question, closes)))
    }),
    ("The farm accepts a pact that has not passed.", |mut stage| {
        let pact = Pact { notice_days: 14, ..Pact::default() };
        let proposal = stage.scene.proposed(stage.bakery, Question::Pact(Box::new(pact)));
        stage.refuses(stage.farm, Act::AcceptPact(AcceptPact { proposal }))
    }),
];
