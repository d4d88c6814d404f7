package dev.rapport.sales;

import static dev.rapport.metadata.Choice.choice;

import dev.rapport.metadata.TextTypes.Choices;

/** Choices that several objects of sales offer alike. */
final class SalesChoices {
    private SalesChoices() {}

    /** Where a lead or a deal came from. */
    static Choices source() {
        return new Choices(
                choice("organicSearch", "Organic search", "自然搜索", "green"),
                choice("paidSearch", "Paid search", "付费搜索", "sky"),
                choice("social", "Social", "社交媒体", "violet"),
                choice("email", "Email", "邮件营销", "indigo"),
                choice("directTraffic", "Direct traffic", "直接访问", "teal"),
                choice("referral", "Referral", "转介绍", "pink"),
                choice("display", "Display", "展示广告", "amber"),
                choice("otherPublicities", "Other publicities", "其他宣传", "gray"),
                choice("webForm", "Web form", "网站表单", "sky"),
                choice("event", "Event", "会展活动", "violet"),
                choice("coldCall", "Cold call", "陌生拜访", "gray"),
                choice("partner", "Partner", "合作伙伴", "teal"),
                choice("other", "Other", "其他", "gray"),
                choice("unknown", "Unknown", "未知", "gray"));
    }

    /** Through which channel something is sold. */
    static Choices channel() {
        return new Choices(
                choice("direct", "Direct", "直销", "indigo"),
                choice("agent", "Agent", "代理", "violet"),
                choice("ecommerce", "E-commerce", "电商", "teal"));
    }

    /** How sure a deal is, from nothing to promised. */
    static Choices forecast() {
        return new Choices(
                choice("omitted", "Omitted", "不计入", "gray"),
                choice("pipeline", "Pipeline", "进行中", "sky"),
                choice("bestCase", "Best case", "乐观", "violet"),
                choice("committed", "Committed", "承诺", "amber"),
                choice("closed", "Closed", "已成交", "green"));
    }

    /** What became of a deal. */
    static Choices outcome() {
        return new Choices(
                choice("open", "Open", "进行中", "sky"),
                choice("won", "Won", "赢单", "green"),
                choice("lost", "Lost", "输单", "red"));
    }
}
