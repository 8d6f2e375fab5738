use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::node_at::{Answer, At};
use crate::valley::Valley;

impl Valley {
    async fn outlook(&self) -> Value {
        self.at.get(&format!("{}/rounds/1/outlook", self.path), None).await.found()
    }

    async fn outlook_of(&self, unit: u32, token: Option<&str>) -> Answer {
        self.at.get(&format!("{}/rounds/1/outlook/{unit}", self.path), token).await
    }

    async fn entries(&self) -> Value {
        self.at.get(&self.path, None).await.found()["entries"].clone()
    }

    async fn withdraw(&self, token: &str, wish: &Value) {
        self.at.act(&self.path, token, json!({ "withdraw": { "wish": wish } })).await.made();
    }
}

/// What would be delivered, as `Bakery gives Pottery 2 of bread/2`.
fn deliveries(outlook: &Value) -> Vec<String> {
    let rows = outlook["deliveries"].as_array().unwrap().iter();
    let says = rows.map(|row| {
        let text = |field: &str| row[field].as_str().unwrap();
        let (giver, receiver) = (text("giver_name"), text("receiver_name"));
        format!("{giver} gives {receiver} {} of {}", row["quantity_steps"], text("label"))
    });
    says.collect()
}

#[tokio::test]
async fn an_outlook_follows_what_comes_what_goes_and_what_is_changed() {
    let valley = Valley::open("public").await;
    let Valley { rosa, olga, bread, pot, .. } = &valley;
    let empty = valley.outlook().await;
    assert_eq!((&empty["hours_seconds"], &empty["units"]), (&json!(0), &json!(0)));
    valley.wish(rosa, "offer", bread, 20).await;
    assert_eq!(deliveries(&valley.outlook().await), [] as [&str; 0]);
    valley.wish(olga, "offer", pot, 1).await;
    valley.wish(rosa, "need", pot, 5).await;
    let need = valley.wish(olga, "need", bread, 4).await;
    let both = ["Bakery gives Pottery 2 of bread/2", "Pottery gives Bakery 1 of pot/2"];
    let outlook = valley.outlook().await;
    let mut found = deliveries(&outlook);
    found.sort();
    assert_eq!(found, both);
    assert_eq!((&outlook["hours_seconds"], &outlook["units"]), (&json!(7200), &json!(2)));
    assert_eq!(outlook["entries"], valley.entries().await);
    valley.withdraw(olga, &need).await;
    assert_eq!(deliveries(&valley.outlook().await), both[1..]);
    let need = valley.wish(olga, "need", bread, 1).await;
    let mut found = deliveries(&valley.outlook().await);
    found.sort();
    assert_eq!(found, ["Bakery gives Pottery 1 of bread/2", both[1]]);
    valley.withdraw(olga, &need).await;
    assert_eq!(deliveries(&valley.outlook().await), both[1..]);
}

#[tokio::test]
async fn an_outlook_is_the_plan_when_the_round_closes_with_nothing_else_said_and_is_gone_then() {
    let valley = Valley::wished("public").await;
    let before = valley.entries().await;
    let outlook = valley.outlook().await;
    let (bakery, pottery) =
        (valley.outlook_of(1, None).await.found(), valley.outlook_of(3, None).await.found());
    assert_eq!(valley.entries().await, before, "nothing is written in the record");
    valley.pass(30).await;
    let plan = valley.at.get(&format!("{}/rounds/1/plans/first", valley.path), None).await.found();
    assert!(plan["problem"]["size"].as_u64() > outlook["entries"].as_u64());
    let mut planned = Vec::new();
    for contract in plan["contracts"].as_array().unwrap() {
        let path = format!("{}/contracts/{contract}", valley.path);
        planned.push(valley.at.get(&path, None).await.found());
    }
    let foreseen = outlook["deliveries"].as_array().unwrap();
    assert_eq!(foreseen.len(), planned.len());
    for (one, contract) in foreseen.iter().zip(&planned) {
        for field in ["giver", "receiver", "version", "quantity_steps"] {
            assert_eq!(one[field], contract[field], "{field}");
        }
        assert_eq!(one["worth_seconds"], contract["contract_seconds"]);
    }
    for (unit, foreseen) in [(1, bakery), (3, pottery)] {
        let path = format!("{}/rounds/1/plans/first/answers/{unit}", valley.path);
        assert_eq!(foreseen["answer"], valley.at.get(&path, None).await.found());
    }
    let gone = valley.at.get(&format!("{}/rounds/1/outlook", valley.path), None).await;
    assert_eq!(gone.refused().0, 404);
    assert_eq!(valley.outlook_of(1, None).await.refused().0, 404);
}

#[tokio::test]
async fn a_program_is_told_what_an_outlook_means_for_a_unit() {
    let valley = Valley::wished("public").await;
    let mut pottery = valley.outlook_of(3, Some(&valley.olga)).await.found();
    assert!(pottery["closes"].as_u64() > Some(0));
    for field in ["closes", "entries", "answer"] {
        pottery.as_object_mut().unwrap().remove(field);
    }
    assert_snapshot!(serde_json::to_string_pretty(&pottery).unwrap(), @r#"
    {
      "get_seconds": 3600,
      "gets": [
        {
          "area": null,
          "decimals": 0,
          "giver": 1,
          "giver_name": "Bakery",
          "label": "bread/2",
          "measure": "piece",
          "quantity_steps": 2,
          "receiver": 3,
          "receiver_name": "Pottery",
          "version": 2,
          "week": null,
          "worth_seconds": 3600
        }
      ],
      "give_seconds": 3600,
      "gives": [
        {
          "area": null,
          "decimals": 0,
          "giver": 3,
          "giver_name": "Pottery",
          "label": "pot/2",
          "measure": "piece",
          "quantity_steps": 1,
          "receiver": 1,
          "receiver_name": "Bakery",
          "version": 4,
          "week": null,
          "worth_seconds": 3600
        }
      ],
      "round": 1,
      "unit": 3
    }
    "#);
    let says = valley.outlook_of(1, None).await.found()["answer"]["left_out"][0]["says"].clone();
    assert_eq!(says, "Bakery needs 3 piece of soap/2. Nobody offered it to this round.");
}

#[tokio::test]
async fn many_who_ask_at_once_get_one_outlook() {
    let valley = Valley::wished("public").await;
    let hosted = valley.at.node.federations().pop().unwrap();
    let round = federation::Id::new(1);
    let asking = (0..50).map(|_| {
        let hosted = hosted.clone();
        tokio::spawn(async move { hosted.outlook(round).await.unwrap() })
    });
    let mut outlooks = Vec::new();
    for asked in asking.collect::<Vec<_>>() {
        outlooks.push(asked.await.unwrap());
    }
    assert!(outlooks.iter().all(|one| std::sync::Arc::ptr_eq(one, &outlooks[0])));
}

#[tokio::test]
async fn who_takes_no_part_has_no_outlook_and_where_members_read_only_they_see_one() {
    let valley = Valley::wished("members").await;
    let stranger = valley.at.reader("karim").await;
    let refused = |code: &str, status: u16| (status, code.to_owned());
    assert_eq!(valley.outlook_of(1, None).await.refused(), refused("not-signed-in", 401));
    let answer = valley.outlook_of(1, Some(&stranger)).await;
    assert_eq!(answer.refused(), refused("not-a-member", 403));
    let rosa = Some(valley.rosa.as_str());
    assert_eq!(valley.outlook_of(3, rosa).await.found()["unit"], 3);
    assert_eq!(valley.outlook_of(2, rosa).await.refused(), refused("missing", 404));
    let path = format!("{}/rounds/7/outlook", valley.path);
    assert_eq!(valley.at.get(&path, rosa).await.refused(), refused("missing", 404));
}

#[tokio::test]
async fn outlooks_are_of_the_shape_that_the_document_describes() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let document = at.get("/api/v1/openapi.json", None).await.found();
    let described = |route: &str| {
        let schema = &document["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"]["properties"];
        schema.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    let keys = |row: &Value| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let newest = hosted.read(|state| state.rounds().len()).unwrap();
    let route = "/f/{federation}/rounds/{number}/outlook";
    let outlook = at.get(&format!("{valley}/rounds/{newest}/outlook"), None).await.found();
    assert_eq!(keys(&outlook), described(route));
    let of_unit = at.get(&format!("{valley}/rounds/{newest}/outlook/1"), None).await.found();
    assert_eq!(keys(&of_unit), described(&format!("{route}/{{unit}}")));
    assert!(outlook["deliveries"].as_array().is_some_and(|all| !all.is_empty()), "{outlook}");
}
