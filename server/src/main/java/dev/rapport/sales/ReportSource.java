package dev.rapport.sales;

import java.util.List;

/** Reports that come with the product. A bean of this kind is all that a new one needs. */
interface ReportSource {
    List<ReadyReport> all();
}
