use federation::act::{AskValue, ProposeSpecification, RetireSpecification};
use federation::{Act, Pact, Refusal};
use measure::Value;

use super::Case;
use super::stage::Stage;
use crate::{Scene, phrases};

fn retired(stage: &Stage) -> Act {
    let version = stage.scene.federation.find_version(stage.bread);
    let row = version.and_then(|id| stage.scene.federation.version(id));
    let named =
        row.ok().and_then(|row| stage.scene.federation.specification_ref(row.specification));
    phrases::retire(named.unwrap_or_else(|| panic!("bread has a specification")))
}

/// Water is essential, written down by the bakery.
fn water_retired() -> Refusal {
    let pact = Pact { essentials: vec![phrases::essential("water", 2)], ..Pact::default() };
    let mut scene = Scene::found_with(pact, Stage::listed());
    let water = scene
        .federation
        .specifications()
        .find_map(|(id, row)| row.essential.and(scene.federation.specification_ref(id)));
    let specification = water.unwrap_or_else(|| panic!("nothing is essential"));
    let retire = Act::RetireSpecification(RetireSpecification { specification });
    scene.refused(scene.called("bakery"), retire)
}

pub(super) const CASES: &[Case] = &[
    ("The bakery retires water, which the pact names as essential.", |_| water_retired()),
    ("A specification has no clauses.", |mut stage| {
        let Act::ProposeSpecification(act) = phrases::specification("water", "litre", 0) else {
            panic!("a specification is proposed");
        };
        let act = ProposeSpecification { clauses: Vec::new(), ..act };
        stage.refuses(stage.farm, Act::ProposeSpecification(act))
    }),
    ("A unit offers under a specification that is retired.", |mut stage| {
        let retire = retired(&stage);
        stage.scene.does(stage.bakery, retire);
        stage.refuses(stage.bakery, Act::Offer(phrases::wish(stage.bread, 1)))
    }),
    ("The farm retires the bakery's specification.", |mut stage| {
        let retire = retired(&stage);
        stage.refuses(stage.farm, retire)
    }),
    ("A producer asks nothing.", |mut stage| {
        let ask =
            AskValue { version: stage.bread, value: Value::NOUGHT, reasons: Default::default() };
        stage.refuses(stage.bakery, Act::AskValue(ask))
    }),
    ("A unit offers under a version that nobody has asked a value for.", |mut stage| {
        stage.scene.does(stage.farm, phrases::specification("water", "litre", 0));
        let (last, _) = stage.scene.federation.versions().next_back().unwrap_or_else(|| panic!());
        let version = stage.scene.federation.version_ref(last).unwrap_or(stage.bread);
        stage.refuses(stage.farm, Act::Offer(phrases::wish(version, 1)))
    }),
    ("A unit that neither bakes nor eats the bread signs its value.", |mut stage| {
        stage.refuses(stage.farm, phrases::agree(stage.bread, 60))
    }),
    ("The clinic signs a value that is agreed.", |mut stage| {
        let contract = stage.agreed(1);
        stage.scene.delivered(contract, 1);
        stage.scene.does(stage.clinic, phrases::agree(stage.bread, 60));
        stage.refuses(stage.clinic, phrases::agree(stage.bread, 60))
    }),
];
