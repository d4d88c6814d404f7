package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.mining.bayes.NaiveBayes;
import dev.rapport.mining.cluster.Dbscan;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.cluster.KMeansModel;
import dev.rapport.mining.cluster.Optics;
import dev.rapport.mining.neural.Perceptron;
import dev.rapport.mining.prepare.Balanced;
import dev.rapport.mining.prepare.Encoding.Scaling;
import dev.rapport.mining.regression.Lasso;
import dev.rapport.mining.regression.LinearModel;
import dev.rapport.mining.regression.LinearRegression;
import dev.rapport.mining.regression.LogisticModel;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.regression.SoftmaxRegression;
import dev.rapport.mining.svm.SupportVectorMachine;
import dev.rapport.mining.tree.C45;
import dev.rapport.mining.tree.Cart;
import dev.rapport.mining.tree.ClassificationTree;
import dev.rapport.mining.tree.GradientBoosting;
import dev.rapport.mining.tree.Id3;
import dev.rapport.mining.tree.MultiwayTree;
import dev.rapport.mining.tree.RandomForest;
import dev.rapport.mining.tree.RegressionTree;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every trainer of this library keeps the contract. */
class EstimatorsTest {
    @Nested
    class OfLogisticRegression extends EstimatorContractTest<LogisticModel> {
        @Override
        protected Trainer<LogisticModel> trainer() {
            return new LogisticRegression();
        }
    }

    @Nested
    class OfSoftmaxRegression extends EstimatorContractTest<SoftmaxRegression.Fitted> {
        @Override
        protected Trainer<SoftmaxRegression.Fitted> trainer() {
            return new SoftmaxRegression();
        }

        @Override
        protected Target target() {
            return Target.THREE_CLASSES;
        }
    }

    @Nested
    class OfSoftmaxRegressionOfTwo extends EstimatorContractTest<SoftmaxRegression.Fitted> {
        @Override
        protected Trainer<SoftmaxRegression.Fitted> trainer() {
            return new SoftmaxRegression();
        }
    }

    @Nested
    class OfLinearRegression extends EstimatorContractTest<LinearModel> {
        @Override
        protected Trainer<LinearModel> trainer() {
            return new LinearRegression();
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfRidge extends EstimatorContractTest<LinearModel> {
        @Override
        protected Trainer<LinearModel> trainer() {
            return new LinearRegression(2);
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfLasso extends EstimatorContractTest<LinearModel> {
        @Override
        protected Trainer<LinearModel> trainer() {
            return new Lasso(0.1);
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfNaiveBayes extends EstimatorContractTest<NaiveBayes.Fitted> {
        @Override
        protected Trainer<NaiveBayes.Fitted> trainer() {
            return new NaiveBayes();
        }
    }

    @Nested
    class OfSupportVectorMachine extends EstimatorContractTest<SupportVectorMachine.Margin> {
        @Override
        protected Trainer<SupportVectorMachine.Margin> trainer() {
            return SupportVectorMachine.radial(1);
        }
    }

    @Nested
    class OfPerceptron extends EstimatorContractTest<Perceptron.Classes> {
        @Override
        protected Trainer<Perceptron.Classes> trainer() {
            return new Perceptron(8).forEpochs(60);
        }
    }

    @Nested
    class OfPerceptronOfThree extends EstimatorContractTest<Perceptron.Classes> {
        @Override
        protected Trainer<Perceptron.Classes> trainer() {
            return new Perceptron(8, 4).forEpochs(60);
        }

        @Override
        protected Target target() {
            return Target.THREE_CLASSES;
        }
    }

    @Nested
    class OfPerceptronForNumbers extends EstimatorContractTest<Perceptron.Numbers> {
        @Override
        protected Trainer<Perceptron.Numbers> trainer() {
            return new Perceptron(8).forEpochs(60).forNumbers();
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfBalancedNaiveBayes extends EstimatorContractTest<NaiveBayes.Fitted> {
        @Override
        protected Trainer<NaiveBayes.Fitted> trainer() {
            return new Balanced<>(new NaiveBayes());
        }

        /** It tells of the rows as they were shown. */
        @Test
        @Override
        void theCardSaysWhereTheModelComesFrom() {
            var card = fitted(200, RUN).card();
            assertThat(card.seed()).isEqualTo(11);
            assertThat(card.rowsUsed()).isGreaterThanOrEqualTo(200);
            assertThat(card.inputs()).isEqualTo(task().features());
        }
    }

    @Nested
    class OfCart extends EstimatorContractTest<ClassificationTree> {
        @Override
        protected Trainer<ClassificationTree> trainer() {
            return new Cart();
        }
    }

    @Nested
    class OfCartOfThree extends EstimatorContractTest<ClassificationTree> {
        @Override
        protected Trainer<ClassificationTree> trainer() {
            return new Cart().pruned(0.001);
        }

        @Override
        protected Target target() {
            return Target.THREE_CLASSES;
        }
    }

    @Nested
    class OfCartForNumbers extends EstimatorContractTest<RegressionTree> {
        @Override
        protected Trainer<RegressionTree> trainer() {
            return new Cart().forNumbers();
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfC45 extends EstimatorContractTest<MultiwayTree> {
        @Override
        protected Trainer<MultiwayTree> trainer() {
            return new C45();
        }
    }

    @Nested
    class OfId3 extends EstimatorContractTest<MultiwayTree> {
        @Override
        protected Trainer<MultiwayTree> trainer() {
            return new Id3();
        }

        @Override
        protected boolean categoriesOnly() {
            return true;
        }
    }

    @Nested
    class OfRandomForest extends EstimatorContractTest<RandomForest.Classes> {
        @Override
        protected Trainer<RandomForest.Classes> trainer() {
            return new RandomForest(20, 0, 12, 2);
        }
    }

    @Nested
    class OfRandomForestOfThree extends EstimatorContractTest<RandomForest.Classes> {
        @Override
        protected Trainer<RandomForest.Classes> trainer() {
            return new RandomForest(20, 0, 12, 2);
        }

        @Override
        protected Target target() {
            return Target.THREE_CLASSES;
        }
    }

    @Nested
    class OfRandomForestForNumbers extends EstimatorContractTest<RandomForest.Numbers> {
        @Override
        protected Trainer<RandomForest.Numbers> trainer() {
            return new RandomForest(20, 0, 12, 2).forNumbers();
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfGradientBoosting extends EstimatorContractTest<GradientBoosting.Classes> {
        @Override
        protected Trainer<GradientBoosting.Classes> trainer() {
            return new GradientBoosting(30, 0.1, 15, 10, 0);
        }
    }

    @Nested
    class OfGradientBoostingOfThree extends EstimatorContractTest<GradientBoosting.Classes> {
        @Override
        protected Trainer<GradientBoosting.Classes> trainer() {
            return new GradientBoosting(30, 0.1, 15, 10, 0);
        }

        @Override
        protected Target target() {
            return Target.THREE_CLASSES;
        }
    }

    @Nested
    class OfGradientBoostingForNumbers extends EstimatorContractTest<GradientBoosting.Numbers> {
        @Override
        protected Trainer<GradientBoosting.Numbers> trainer() {
            return new GradientBoosting(40, 0.1, 15, 10, 0).forNumbers();
        }

        @Override
        protected Target target() {
            return Target.NUMBER;
        }
    }

    @Nested
    class OfKMeans extends EstimatorContractTest<KMeansModel> {
        @Override
        protected Trainer<KMeansModel> trainer() {
            return KMeans.of(3);
        }

        @Override
        protected Target target() {
            return Target.NONE;
        }
    }

    @Nested
    class OfDbscan extends EstimatorContractTest<Dbscan.Groups> {
        @Override
        protected Trainer<Dbscan.Groups> trainer() {
            return new Dbscan(0.7, 5, Scaling.STANDARD);
        }

        @Override
        protected Target target() {
            return Target.NONE;
        }
    }

    @Nested
    class OfOptics extends EstimatorContractTest<Optics.Ordering> {
        @Override
        protected Trainer<Optics.Ordering> trainer() {
            return new Optics(5, Scaling.STANDARD);
        }

        @Override
        protected Target target() {
            return Target.NONE;
        }
    }
}
