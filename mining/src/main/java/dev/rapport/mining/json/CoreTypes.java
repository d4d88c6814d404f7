package dev.rapport.mining.json;

import dev.rapport.mining.Model;
import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.association.ItemSimilarity;
import dev.rapport.mining.association.SequenceRules;
import dev.rapport.mining.bayes.NaiveBayes;
import dev.rapport.mining.cluster.Dbscan;
import dev.rapport.mining.cluster.KMeansModel;
import dev.rapport.mining.cluster.Optics;
import dev.rapport.mining.neural.Perceptron;
import dev.rapport.mining.regression.LinearModel;
import dev.rapport.mining.regression.LogisticModel;
import dev.rapport.mining.regression.SoftmaxRegression;
import dev.rapport.mining.series.Arima;
import dev.rapport.mining.series.BestForecaster;
import dev.rapport.mining.series.Croston;
import dev.rapport.mining.series.Ets;
import dev.rapport.mining.series.HoltWinters;
import dev.rapport.mining.series.SeasonalNaive;
import dev.rapport.mining.series.Theta;
import dev.rapport.mining.service.Servqual;
import dev.rapport.mining.svm.SupportVectorMachine;
import dev.rapport.mining.tree.ClassificationTree;
import dev.rapport.mining.tree.GradientBoosting;
import dev.rapport.mining.tree.MultiwayTree;
import dev.rapport.mining.tree.RandomForest;
import dev.rapport.mining.tree.RegressionTree;
import dev.rapport.mining.value.BgNbd;
import dev.rapport.mining.value.Cox;
import dev.rapport.mining.value.GammaGamma;
import dev.rapport.mining.value.ParetoNbd;
import dev.rapport.mining.value.Rfm;
import dev.rapport.mining.value.Uplift;
import java.util.Map;

/** The model types of this library under the names they are stored by; a name once given stays. */
final class CoreTypes {
    static final Map<String, Class<? extends Model>> ALL = Map.ofEntries(
            Map.entry("KMeans", KMeansModel.class),
            Map.entry("Dbscan", Dbscan.Groups.class),
            Map.entry("Optics", Optics.Ordering.class),
            Map.entry("LinearModel", LinearModel.class),
            Map.entry("LogisticModel", LogisticModel.class),
            Map.entry("Softmax", SoftmaxRegression.Fitted.class),
            Map.entry("NaiveBayes", NaiveBayes.Fitted.class),
            Map.entry("ClassificationTree", ClassificationTree.class),
            Map.entry("RegressionTree", RegressionTree.class),
            Map.entry("MultiwayTree", MultiwayTree.class),
            Map.entry("RandomForest", RandomForest.Classes.class),
            Map.entry("RandomForestNumbers", RandomForest.Numbers.class),
            Map.entry("GradientBoosting", GradientBoosting.Classes.class),
            Map.entry("GradientBoostingNumbers", GradientBoosting.Numbers.class),
            Map.entry("Perceptron", Perceptron.Classes.class),
            Map.entry("PerceptronNumbers", Perceptron.Numbers.class),
            Map.entry("SupportVectorMachine", SupportVectorMachine.Margin.class),
            Map.entry("AssociationRules", AssociationRules.class),
            Map.entry("ItemSimilarity", ItemSimilarity.class),
            Map.entry("SequenceRules", SequenceRules.class),
            Map.entry("SeasonalNaive", SeasonalNaive.Naive.class),
            Map.entry("HoltWinters", HoltWinters.Smoothed.class),
            Map.entry("Ets", Ets.StateSpace.class),
            Map.entry("Arima", Arima.Fit.class),
            Map.entry("Theta", Theta.Curve.class),
            Map.entry("Croston", Croston.Demand.class),
            Map.entry("Rfm", Rfm.class),
            Map.entry("BgNbd", BgNbd.Fitted.class),
            Map.entry("ParetoNbd", ParetoNbd.Fitted.class),
            Map.entry("GammaGamma", GammaGamma.Fitted.class),
            Map.entry("Cox", Cox.Hazards.class),
            Map.entry("Servqual", Servqual.Result.class),
            Map.entry("BestForecaster", BestForecaster.Chosen.class),
            Map.entry("Uplift", Uplift.TwoModels.class));

    private CoreTypes() {}
}
