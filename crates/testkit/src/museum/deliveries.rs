use federation::Act;

use super::Case;
use crate::phrases;

pub(super) const CASES: &[Case] = &[
    ("The clinic says that it has delivered what it is to receive.", |mut stage| {
        let contract = stage.agreed(2);
        stage.refuses(stage.clinic, phrases::deliver(contract, 1))
    }),
    ("The bakery signs the receipt for its own delivery.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.refuses(stage.bakery, phrases::receipt(delivery))
    }),
    ("The bakery delivers more than was agreed.", |mut stage| {
        let contract = stage.agreed(2);
        stage.refuses(stage.bakery, phrases::deliver(contract, 3))
    }),
    ("The bakery delivers 30 hours at once to a clinic that has yet to give.", |mut stage| {
        let (bakery, clinic) = (stage.bakery, stage.clinic);
        let visit = stage.scene.valued(clinic, "visit", 60);
        stage.scene.does(bakery, Act::Offer(phrases::wish(stage.bread, 30)));
        stage.scene.does(bakery, Act::Need(phrases::wish(visit, 30)));
        stage.scene.does(clinic, Act::Offer(phrases::wish(visit, 30)));
        stage.scene.does(clinic, Act::Need(phrases::wish(stage.bread, 30)));
        let round = stage.scene.open_and_close_round(bakery);
        let contracts = stage.scene.planned(bakery, round);
        for &contract in &contracts {
            for unit in [bakery, clinic] {
                stage.scene.does(unit, phrases::accept(contract));
            }
        }
        let gives = |c: &&_| stage.scene.row(**c).parties.giver == bakery;
        let contract = contracts.iter().find(gives).copied();
        let contract = contract.unwrap_or_else(|| panic!("the plan has bread for the clinic"));
        stage.refuses(bakery, phrases::deliver(contract, 30))
    }),
    ("The clinic signs a receipt twice.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.scene.does(stage.clinic, phrases::receipt(delivery));
        stage.refuses(stage.clinic, phrases::receipt(delivery))
    }),
    ("The bakery enters a delivery as accepted that nobody has signed for.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.refuses(stage.bakery, phrases::accept_delivery(delivery))
    }),
    ("The bakery enters a delivery as accepted on the day of its receipt.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.scene.does(stage.clinic, phrases::receipt(delivery));
        stage.refuses(stage.bakery, phrases::accept_delivery(delivery))
    }),
    ("The clinic rejects what it has accepted.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.delivered(contract, 1);
        stage.refuses(stage.clinic, phrases::reject(delivery, 1))
    }),
    ("The clinic rejects by a clause that the bread has not.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.refuses(stage.clinic, phrases::reject(delivery, 7))
    }),
    ("Somebody corrects a delivery that was rejected.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.handed_over(contract, 1);
        stage.scene.does(stage.clinic, phrases::reject(delivery, 1));
        stage.refuses(stage.clinic, phrases::correct(delivery, 0))
    }),
    ("The bakery corrects a delivery upwards.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.delivered(contract, 1);
        stage.refuses(stage.bakery, phrases::correct(delivery, 2))
    }),
    ("The clinic corrects a delivery of four months ago.", |mut stage| {
        let contract = stage.agreed(2);
        let delivery = stage.scene.delivered(contract, 1);
        stage.scene.wait_days(120);
        stage.refuses(stage.clinic, phrases::correct(delivery, 0))
    }),
    ("The clinic left owing five hours, and offers to give six.", |mut stage| {
        let contract = stage.agreed(5);
        stage.scene.delivered(contract, 5);
        stage.scene.does(stage.clinic, Act::Leave {});
        let act = phrases::give(stage.unit(stage.bakery), stage.bread, 6);
        stage.refuses(stage.clinic, Act::ProposeContract(act))
    }),
];
