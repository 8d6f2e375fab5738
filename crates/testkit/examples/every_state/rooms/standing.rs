//! Circles, a list of base and enrolment, a newcomer, and a unit that is to be expelled.

use federation::act::{ListRow, Question, Vote};
use federation::{Act, Days};
use measure::Hours;
use testkit::{Listed, Scene, asks, phrases, votes};

use super::{one_each, open};
use crate::model::{Acts, Room, Size};

pub(crate) const STANDING: Room = Room {
    name: "circles, lists, expulsion",
    begins,
    acts,
    within: |federation, size| {
        let posts = if size == Size::Long { 2 } else { 1 };
        federation.posts().len() <= posts
            && federation.persons().all(|(_, row)| row.moves.len() <= 1)
    },
    acts_deep: [6, 12, 9],
    days: (16, [2, 2, 2]),
    reached: &[
        ("a unit expelled", |model, at| model.at(at).units().any(|(_, row)| row.is_departed())),
        ("a unit enrolled by a list", |model, at| {
            model.at(at).units().last().is_some_and(|(_, row)| row.is_enrolled())
        }),
    ],
};

/// The smithy has failed three others, and the mill has just joined.
fn begins() -> Scene {
    let units = ["smithy", "bakery", "clinic", "farm"];
    let mut scene = Scene::found(units.map(|called| Listed::new(called, 1)).to_vec());
    let [smithy, bakery, clinic, farm] = units.map(|called| scene.called(called));
    let version = scene.valued(smithy, "nails", 30);
    let version = scene.valued_together((smithy, bakery), version, 40);
    for (days, other) in [(31, bakery), (31, clinic), (0, farm)] {
        scene.rejected((smithy, other), version);
        scene.wait_days(days);
    }
    scene.record(testkit::member(9), phrases::join("mill"));
    scene
}

fn acts(scene: &Scene, size: Size, acts: &mut Acts) {
    let federation = &scene.federation;
    let closes = scene.now.plus_days(Days(17));
    let smithy = scene.called("smithy");
    let each = one_each(scene);
    let failures = federation.failings(smithy).iter().map(|failing| failing.failure).collect();
    let expels = Question::Expel { unit: scene.unit(smithy), failures };
    let mill = scene.unit(scene.called("mill"));
    let row = ListRow { unit: mill, counted_members: 1, base: Hours::whole(20), enrolled: true };
    let asked =
        |what: fn(&Question) -> bool| federation.proposals().any(|(_, row)| what(&row.question));
    let talks = federation.circles().len() > 0 && size < Size::Long;
    if let Some(&(_, bakery)) = each.get(1).filter(|_| !talks) {
        if !asked(|question| matches!(question, Question::Expel { .. })) {
            acts.may(bakery, Act::Propose(asks(expels, closes)));
        }
        if !asked(|question| matches!(question, Question::List(_))) {
            acts.may(bakery, Act::Propose(asks(Question::List(vec![row]), closes)));
        }
    }
    let voting = federation.proposals().len() > 0 && size < Size::Long;
    if let Some(&(_, bakery)) = each.get(1).filter(|_| !voting)
        && federation.circles().len() == 0
    {
        acts.may(bakery, phrases::form_circle("millers"));
    }
    if let Some(&(_, smith)) = each.first() {
        acts.may(smith, Act::Leave {});
    }
    for (proposal, _) in open(federation) {
        for &(_, by) in &each {
            acts.may(by, votes(proposal, Vote::Choose(0)));
            acts.may(by, votes(proposal, Vote::Choose(1)));
        }
    }
    let circles = federation.circles().filter_map(|(id, _)| federation.circle_ref(id));
    for circle in circles {
        let others = if size == Size::Long { 3 } else { 1 };
        for &(_, by) in each.iter().skip(others) {
            acts.may(by, phrases::join_circle(circle));
            acts.may(by, phrases::leave_circle(circle));
            acts.may(by, phrases::post(circle, 1));
        }
    }
}
