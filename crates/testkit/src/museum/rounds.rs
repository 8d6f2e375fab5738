use federation::act::{AnnounceLeaving, RefusePartners, WishAct, Withdraw};
use federation::rows::Round;
use federation::{Act, Effect, Ref};

use super::Case;
use super::stage::Stage;
use crate::phrases;

fn opened(stage: &mut Stage) -> Ref<Round> {
    let effect = stage.scene.does(stage.bakery, Act::OpenRound {});
    let Effect::Round(id) = effect else { panic!("{effect:?}") };
    stage.scene.federation.round_ref(id).unwrap_or_else(|| panic!("there is no round {id}"))
}

/// A round that waits for its plan: the bakery offers bread, the clinic needs it.
fn frozen(stage: &mut Stage) -> Ref<Round> {
    stage.scene.does(stage.bakery, Act::Offer(phrases::wish(stage.bread, 4)));
    stage.scene.does(stage.clinic, Act::Need(phrases::wish(stage.bread, 4)));
    stage.scene.open_and_close_round(stage.farm)
}

fn offered(stage: &mut Stage) -> Act {
    let effect = stage.scene.does(stage.bakery, Act::Offer(phrases::wish(stage.bread, 1)));
    let Effect::Wish(_, id) = effect else { panic!("{effect:?}") };
    let wish = stage.scene.federation.wish_ref(id);
    let wish = wish.unwrap_or_else(|| panic!("there is no offer {id}"));
    Act::Withdraw(Withdraw { wish })
}

pub(super) const CASES: &[Case] = &[
    ("A unit offers nothing at all.", |mut stage| {
        stage.refuses(stage.bakery, Act::Offer(phrases::wish(stage.bread, 0)))
    }),
    ("An offer stands anew every 400 days.", |mut stage| {
        let offer = WishAct { every_days: Some(400), ..phrases::wish(stage.bread, 1) };
        stage.refuses(stage.bakery, Act::Offer(offer))
    }),
    ("A unit announces that it left an hour ago.", |mut stage| {
        let by = stage.scene.now.plus_seconds(-3600);
        stage.refuses(stage.farm, Act::AnnounceLeaving(AnnounceLeaving { by }))
    }),
    ("A need names no version.", |mut stage| {
        let need = WishAct { versions: Vec::new(), ..phrases::wish(stage.bread, 1) };
        stage.refuses(stage.clinic, Act::Need(need))
    }),
    ("An offer can be handed over from the day on which it ends.", |mut stage| {
        let until = Some(stage.scene.now.plus_hours(48));
        let offer = WishAct { from: until, until, ..phrases::wish(stage.bread, 1) };
        stage.refuses(stage.bakery, Act::Offer(offer))
    }),
    ("An offer names a highest value.", |mut stage| {
        let value_max = Some(phrases::minutes(60));
        let offer = WishAct { value_max, ..phrases::wish(stage.bread, 1) };
        stage.refuses(stage.bakery, Act::Offer(offer))
    }),
    ("The farm wants rounds to keep it from the bakery, named twice.", |mut stage| {
        let units = vec![stage.unit(stage.bakery); 2];
        stage.refuses(stage.farm, Act::RefusePartners(RefusePartners { units }))
    }),
    ("The farm takes back the bakery's offer.", |mut stage| {
        let withdraw = offered(&mut stage);
        stage.refuses(stage.farm, withdraw)
    }),
    ("The bakery takes an offer back twice.", |mut stage| {
        let withdraw = offered(&mut stage);
        stage.scene.does(stage.bakery, withdraw.clone());
        stage.refuses(stage.bakery, withdraw)
    }),
    ("A member opens the second round in the week of the first.", |mut stage| {
        stage.scene.open_and_close_round(stage.farm);
        stage.refuses(stage.farm, Act::OpenRound {})
    }),
    ("A member opens a round while one is under way.", |mut stage| {
        opened(&mut stage);
        stage.refuses(stage.farm, Act::OpenRound {})
    }),
    ("A member closes a round on the day it was opened.", |mut stage| {
        let round = opened(&mut stage);
        stage.refuses(stage.farm, phrases::close(round))
    }),
    ("A plan is submitted before the round is closed.", |mut stage| {
        let round = opened(&mut stage);
        stage.refuses(stage.farm, phrases::plan(round))
    }),
    ("The host opens a round without the record's root.", |mut stage| {
        stage.changed(Act::OpenRound {}, |entry| entry.root_before = None)
    }),
    ("A plan is submitted and its annex is not there.", |mut stage| {
        let round = frozen(&mut stage);
        stage.changed(phrases::plan(round), |entry| entry.plan = None)
    }),
    ("Somebody submits a plan that gives the clinic less than it could get.", |mut stage| {
        let round = frozen(&mut stage);
        stage.changed(phrases::plan(round), |entry| {
            if let Some(plan) = &mut entry.plan {
                plan.flows.iter_mut().for_each(|flow| *flow -= 3600);
            }
        })
    }),
];
