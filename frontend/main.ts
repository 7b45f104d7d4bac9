// Wakes the GOV.UK and MoJ components on a page, keeps drafts, follows boards, moves maps and link charts; every page works without it.
import { initAll as initGovuk } from "govuk-frontend";
import { initAll as initMoj } from "@ministryofjustice/frontend";
import { wakeCharts } from "./chart";
import { keepDrafts } from "./draft";
import { followLive } from "./live";
import { moveMaps } from "./map";

initGovuk();
initMoj();
keepDrafts();
followLive();
wakeCharts();
moveMaps();
