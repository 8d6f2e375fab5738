use crate::node_at::At;

#[tokio::test]
async fn a_table_comes_as_csv_whose_text_is_no_formula() {
    let at = At::new();
    let (valley, _) = at.founded(None).await;
    let answer = at.get(&format!("{valley}/units.csv"), None).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"units.csv\"");
    let text = answer.text();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("number,ref,name,place,description,standing,"));
    let farm = lines.nth(1).unwrap();
    assert!(farm.contains(",'=Farm,"), "{farm}");
}

#[tokio::test]
async fn every_table_of_half_a_year_comes_whole_as_csv() {
    let at = At::demo();
    let hosted = at.node.host_sample().unwrap();
    let valley = format!("/api/v1/f/{}", hosted.short_id());
    let document = at.get("/api/v1/openapi.json", None).await.found();
    let mut tables = 0;
    for path in document["paths"].as_object().unwrap().keys() {
        let Some(table) =
            path.strip_prefix("/f/{federation}/").and_then(|p| p.strip_suffix(".csv"))
        else {
            continue;
        };
        let answer = at.get(&format!("{valley}/{table}.csv"), None).await;
        assert_eq!(answer.status, 200, "{table}");
        let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
        let rows = reader.records().collect::<Result<Vec<_>, _>>().unwrap();
        if table == "entries" {
            assert_eq!(rows.len() as u64, hosted.read(federation::Federation::size).unwrap());
        }
        tables += 1;
    }
    assert!(tables >= 20, "only {tables} tables");
}
