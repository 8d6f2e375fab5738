use federation::Act;
use federation::act::ProposeContract;

use super::Case;
use crate::phrases;

pub(super) const CASES: &[Case] = &[
    ("The bakery proposes a contract to itself.", |mut stage| {
        let act = phrases::give(stage.unit(stage.bakery), stage.bread, 1);
        stage.refuses(stage.bakery, Act::ProposeContract(act))
    }),
    ("The clinic says yes to a contract that it has declined.", |mut stage| {
        let contract = stage.proposed(1);
        stage.scene.does(stage.clinic, phrases::decline(contract));
        stage.refuses(stage.clinic, phrases::accept(contract))
    }),
    ("The clinic answers a day too late.", |mut stage| {
        let answer_by = stage.scene.now.plus_hours(24);
        let act = phrases::give(stage.unit(stage.clinic), stage.bread, 1);
        let act = Act::ProposeContract(ProposeContract { answer_by, ..act });
        let proposed = stage.scene.does(stage.bakery, act);
        stage.scene.wait_days(2);
        let contract = stage.scene.contract(&proposed);
        stage.refuses(stage.clinic, phrases::accept(contract))
    }),
    ("The bakery says yes to what it has proposed.", |mut stage| {
        let contract = stage.proposed(1);
        stage.refuses(stage.bakery, phrases::accept(contract))
    }),
    ("The farm ends a contract between the bakery and the clinic.", |mut stage| {
        let contract = stage.agreed(1);
        stage.refuses(stage.farm, phrases::end(contract))
    }),
    ("The bakery ends a contract that the clinic has not answered.", |mut stage| {
        let contract = stage.proposed(1);
        stage.refuses(stage.bakery, phrases::end(contract))
    }),
    ("The clinic takes on 21 hours of bread and has room for 20.", |mut stage| {
        let contract = stage.proposed(21);
        stage.refuses(stage.clinic, phrases::accept(contract))
    }),
    ("The bakery would give more than its ceiling.", |mut stage| {
        let act = phrases::give(stage.unit(stage.clinic), stage.bread, 81);
        stage.refuses(stage.bakery, Act::ProposeContract(act))
    }),
    ("The bakery enters as done what will happen tomorrow.", |mut stage| {
        let tomorrow = stage.scene.now.plus_hours(24);
        let act = phrases::given(stage.unit(stage.clinic), stage.bread, 1, tomorrow);
        stage.refuses(stage.bakery, Act::AlreadyDone(act))
    }),
];
