# Generated from codegen/operations by `make codegen`. Do not edit.
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ..connection import Connection
from .operations import (
    ADD_MEMBER_GQL,
    APPROVE_PROPOSAL_GQL,
    ARTIFACT_BODY_GQL,
    CANCEL_HARNESS_GQL,
    CHANGE_MEMBER_GQL,
    CHECK_ONBOARDING_GQL,
    CHECK_PROJECTION_GQL,
    CREATE_CALL_GQL,
    CREATE_WORK_GQL,
    DECLARE_ENDPOINT_GQL,
    DECLARE_RUNTIME_ASSET_GQL,
    DECLARE_SECRET_CONTRACT_GQL,
    ENDPOINT_GQL,
    ENDPOINT_KINDS_GQL,
    ENDPOINT_NAMES_GQL,
    ENDPOINTS_GQL,
    FOLLOW_HARNESS_GQL,
    FOLLOW_HARNESSES_GQL,
    HARNESS_ARTIFACT_GQL,
    HARNESS_ARTIFACTS_GQL,
    HARNESS_EVENTS_GQL,
    HARNESS_GQL,
    HARNESS_IDS_GQL,
    HARNESS_PROJECTION_GQL,
    HARNESSES_GQL,
    LAUNCH_DIAGNOSTICS_GQL,
    LAUNCH_WORK_GQL,
    LOG_CONSISTENCY_GQL,
    LOG_HEAD_GQL,
    MEMBERS_GQL,
    ONBOARD_ORGANIZATION_GQL,
    ONBOARDING_PROGRESS_GQL,
    ONBOARDING_STATUS_GQL,
    ORGANIZATION_GQL,
    PROOF_GQL,
    PROOF_IDS_GQL,
    PROOFS_GQL,
    PROPOSAL_GQL,
    PROPOSAL_IDS_GQL,
    PROPOSALS_GQL,
    PROPOSALS_IN_STATE_GQL,
    RECOVERY_CASE_GQL,
    RECOVERY_CASE_IDS_GQL,
    RECOVERY_CASES_GQL,
    RECOVERY_CASES_IN_STATE_GQL,
    REJECT_PROPOSAL_GQL,
    REMOVE_MEMBER_GQL,
    REPAIR_PROJECTION_GQL,
    RESOLVE_RECOVERY_CASE_GQL,
    RETIRE_ENDPOINT_GQL,
    RETIRE_RUNTIME_ASSET_GQL,
    REVISE_ENDPOINT_GQL,
    REVISE_RUNTIME_ASSET_GQL,
    REVISE_SECRET_CONTRACT_GQL,
    RUNTIME_ASSET_GQL,
    RUNTIME_ASSET_NAMES_GQL,
    RUNTIME_ASSETS_GQL,
    SEALING_KEYS_GQL,
    SECRET_CONTRACT_GQL,
    SECRET_CONTRACT_NAMES_GQL,
    SECRET_CONTRACTS_GQL,
    SEND_SECRET_VALUE_GQL,
    STREAM_EVENTS_GQL,
    STREAM_HARNESSES_GQL,
    VERIFY_PROOF_GQL,
    WITHDRAW_PROPOSAL_GQL,
    WORK_ITEM_GQL,
    WORK_ITEMS_GQL,
    WORK_TITLES_GQL,
)

if TYPE_CHECKING:
    from .add_member import AddMemberAddMember
    from .approve_proposal import ApproveProposalApproveProposal
    from .artifact_body import ArtifactBodyArtifact
    from .cancel_harness import CancelHarnessCancelHarness
    from .change_member import ChangeMemberChangeMember
    from .check_onboarding import CheckOnboardingCheckOnboarding
    from .check_projection import CheckProjectionCheckProjection
    from .create_call import CreateCallCreateCall
    from .create_work import CreateWorkCreateWork
    from .declare_endpoint import DeclareEndpointDeclareEndpoint
    from .declare_runtime_asset import DeclareRuntimeAssetDeclareRuntimeAsset
    from .declare_secret_contract import DeclareSecretContractDeclareSecretContract
    from .endpoint import EndpointEndpoint
    from .endpoint_kinds import EndpointKindsEndpointKind
    from .endpoint_names import EndpointNamesEndpoint
    from .endpoints import EndpointsEndpoint
    from .follow_harness import FollowHarnessHarnessProjection
    from .follow_harnesses import FollowHarnessesHarnessProjection
    from .harness import HarnessHarness
    from .harness_artifact import HarnessArtifactArtifact
    from .harness_artifacts import HarnessArtifactsArtifact
    from .harness_events import HarnessEventsPortalLiveEvents
    from .harness_ids import HarnessIdsHarness
    from .harness_projection import HarnessProjectionHarnessProjection
    from .harnesses import HarnessesHarness
    from .input_types import (
        AddMemberInput,
        ApproveProposalInput,
        CancelHarnessInput,
        ChangeMemberInput,
        CheckOnboardingInput,
        CheckProjectionInput,
        CreateCallInput,
        CreateWorkInput,
        DeclareEndpointInput,
        DeclareRuntimeAssetInput,
        DeclareSecretContractInput,
        LaunchWorkInput,
        LogConsistencyInput,
        OnboardOrganizationInput,
        RejectProposalInput,
        RemoveMemberInput,
        RepairProjectionInput,
        ResolveRecoveryCaseInput,
        RetireEndpointInput,
        RetireRuntimeAssetInput,
        ReviseEndpointInput,
        ReviseRuntimeAssetInput,
        ReviseSecretContractInput,
        SendSecretValueInput,
        VerifyProofInput,
        WithdrawProposalInput,
    )
    from .launch_diagnostics import LaunchDiagnosticsLaunchDiagnostic
    from .launch_work import LaunchWorkLaunchWork
    from .log_consistency import LogConsistencyLogConsistency
    from .log_head import LogHeadProofCheckpoint
    from .members import MembersMembership
    from .onboard_organization import OnboardOrganizationOnboardOrganization
    from .onboarding_progress import OnboardingProgress
    from .onboarding_status import OnboardingStatusOrganization
    from .organization import OrganizationOrganization
    from .proof import ProofProof
    from .proof_ids import ProofIdsProof
    from .proofs import ProofsProof
    from .proposal import ProposalProposal
    from .proposal_ids import ProposalIdsProposal
    from .proposals import ProposalsProposal
    from .proposals_in_state import ProposalsInStateProposal
    from .recovery_case import RecoveryCaseRecoveryCase
    from .recovery_case_ids import RecoveryCaseIdsRecoveryCase
    from .recovery_cases import RecoveryCasesRecoveryCase
    from .recovery_cases_in_state import RecoveryCasesInStateRecoveryCase
    from .reject_proposal import RejectProposalRejectProposal
    from .remove_member import RemoveMemberRemoveMember
    from .repair_projection import RepairProjectionRepairProjection
    from .resolve_recovery_case import ResolveRecoveryCaseResolveRecoveryCase
    from .retire_endpoint import RetireEndpointRetireEndpoint
    from .retire_runtime_asset import RetireRuntimeAssetRetireRuntimeAsset
    from .revise_endpoint import ReviseEndpointReviseEndpoint
    from .revise_runtime_asset import ReviseRuntimeAssetReviseRuntimeAsset
    from .revise_secret_contract import ReviseSecretContractReviseSecretContract
    from .runtime_asset import RuntimeAssetRuntimeAsset
    from .runtime_asset_names import RuntimeAssetNamesRuntimeAsset
    from .runtime_assets import RuntimeAssetsRuntimeAsset
    from .sealing_keys import SealingKeysSealingKey
    from .secret_contract import SecretContractSecretContract
    from .secret_contract_names import SecretContractNamesSecretContract
    from .secret_contracts import SecretContractsSecretContract
    from .send_secret_value import SendSecretValueSendSecretValue
    from .stream_events import StreamEventsPortalLiveEventsStream
    from .stream_harnesses import StreamHarnessesHarnessProjectionStream
    from .verify_proof import VerifyProofVerifyProof
    from .withdraw_proposal import WithdrawProposalWithdrawProposal
    from .work_item import WorkItemWork
    from .work_items import WorkItemsWork
    from .work_titles import WorkTitlesWork


def gql(q: str) -> str:
    return q


class FractalOps(Connection):
    async def endpoints(self, limit: int, **kwargs: Any) -> list["EndpointsEndpoint"]:
        from .endpoints import Endpoints

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=ENDPOINTS_GQL,
            operation_name="Endpoints",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Endpoints.model_validate(data).endpoint

    async def endpoint(self, id: UUID, **kwargs: Any) -> list["EndpointEndpoint"]:
        from .endpoint import Endpoint

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=ENDPOINT_GQL, operation_name="Endpoint", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Endpoint.model_validate(data).endpoint

    async def endpoint_names(
        self, limit: int, **kwargs: Any
    ) -> list["EndpointNamesEndpoint"]:
        from .endpoint_names import EndpointNames

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=ENDPOINT_NAMES_GQL,
            operation_name="EndpointNames",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return EndpointNames.model_validate(data).endpoint

    async def revise_endpoint(
        self, input: "ReviseEndpointInput", **kwargs: Any
    ) -> "ReviseEndpointReviseEndpoint":
        from .revise_endpoint import ReviseEndpoint

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REVISE_ENDPOINT_GQL,
            operation_name="ReviseEndpoint",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReviseEndpoint.model_validate(data).revise_endpoint

    async def retire_endpoint(
        self, input: "RetireEndpointInput", **kwargs: Any
    ) -> "RetireEndpointRetireEndpoint":
        from .retire_endpoint import RetireEndpoint

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=RETIRE_ENDPOINT_GQL,
            operation_name="RetireEndpoint",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RetireEndpoint.model_validate(data).retire_endpoint

    async def endpoint_kinds(self, **kwargs: Any) -> list["EndpointKindsEndpointKind"]:
        from .endpoint_kinds import EndpointKinds

        variables: dict[str, object] = {}
        response = await self.execute(
            query=ENDPOINT_KINDS_GQL,
            operation_name="EndpointKinds",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return EndpointKinds.model_validate(data).endpoint_kind

    async def harnesses(self, limit: int, **kwargs: Any) -> list["HarnessesHarness"]:
        from .harnesses import Harnesses

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=HARNESSES_GQL,
            operation_name="Harnesses",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Harnesses.model_validate(data).harness

    async def harness(self, id: UUID, **kwargs: Any) -> list["HarnessHarness"]:
        from .harness import Harness

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=HARNESS_GQL, operation_name="Harness", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Harness.model_validate(data).harness

    async def harness_ids(self, limit: int, **kwargs: Any) -> list["HarnessIdsHarness"]:
        from .harness_ids import HarnessIds

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=HARNESS_IDS_GQL,
            operation_name="HarnessIds",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return HarnessIds.model_validate(data).harness

    async def harness_events(
        self, id: UUID, limit: int, **kwargs: Any
    ) -> list["HarnessEventsPortalLiveEvents"]:
        from .harness_events import HarnessEvents

        variables: dict[str, object] = {"id": id, "limit": limit}
        response = await self.execute(
            query=HARNESS_EVENTS_GQL,
            operation_name="HarnessEvents",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return HarnessEvents.model_validate(data).portal_live_events

    async def harness_artifacts(
        self, id: UUID, limit: int, **kwargs: Any
    ) -> list["HarnessArtifactsArtifact"]:
        from .harness_artifacts import HarnessArtifacts

        variables: dict[str, object] = {"id": id, "limit": limit}
        response = await self.execute(
            query=HARNESS_ARTIFACTS_GQL,
            operation_name="HarnessArtifacts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return HarnessArtifacts.model_validate(data).artifact

    async def harness_artifact(
        self, id: UUID, name: str, **kwargs: Any
    ) -> list["HarnessArtifactArtifact"]:
        from .harness_artifact import HarnessArtifact

        variables: dict[str, object] = {"id": id, "name": name}
        response = await self.execute(
            query=HARNESS_ARTIFACT_GQL,
            operation_name="HarnessArtifact",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return HarnessArtifact.model_validate(data).artifact

    async def artifact_body(
        self, id: UUID, **kwargs: Any
    ) -> list["ArtifactBodyArtifact"]:
        from .artifact_body import ArtifactBody

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=ARTIFACT_BODY_GQL,
            operation_name="ArtifactBody",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ArtifactBody.model_validate(data).artifact

    async def launch_diagnostics(
        self, id: UUID, limit: int, **kwargs: Any
    ) -> list["LaunchDiagnosticsLaunchDiagnostic"]:
        from .launch_diagnostics import LaunchDiagnostics

        variables: dict[str, object] = {"id": id, "limit": limit}
        response = await self.execute(
            query=LAUNCH_DIAGNOSTICS_GQL,
            operation_name="LaunchDiagnostics",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return LaunchDiagnostics.model_validate(data).launch_diagnostic

    async def cancel_harness(
        self, input: "CancelHarnessInput", **kwargs: Any
    ) -> "CancelHarnessCancelHarness":
        from .cancel_harness import CancelHarness

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CANCEL_HARNESS_GQL,
            operation_name="CancelHarness",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CancelHarness.model_validate(data).cancel_harness

    async def harness_projection(
        self, harness_id: UUID, **kwargs: Any
    ) -> list["HarnessProjectionHarnessProjection"]:
        from .harness_projection import HarnessProjection

        variables: dict[str, object] = {"harness_id": harness_id}
        response = await self.execute(
            query=HARNESS_PROJECTION_GQL,
            operation_name="HarnessProjection",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return HarnessProjection.model_validate(data).harness_projection

    async def follow_harness(
        self, harness_id: UUID, **kwargs: Any
    ) -> AsyncIterator[list["FollowHarnessHarnessProjection"]]:
        from .follow_harness import FollowHarness

        variables: dict[str, object] = {"harness_id": harness_id}
        async for data in self.execute_ws(
            query=FOLLOW_HARNESS_GQL,
            operation_name="FollowHarness",
            variables=variables,
            **kwargs,
        ):
            yield FollowHarness.model_validate(data).harness_projection

    async def follow_harnesses(
        self, limit: int, **kwargs: Any
    ) -> AsyncIterator[list["FollowHarnessesHarnessProjection"]]:
        from .follow_harnesses import FollowHarnesses

        variables: dict[str, object] = {"limit": limit}
        async for data in self.execute_ws(
            query=FOLLOW_HARNESSES_GQL,
            operation_name="FollowHarnesses",
            variables=variables,
            **kwargs,
        ):
            yield FollowHarnesses.model_validate(data).harness_projection

    async def stream_harnesses(
        self, after: int, batch_size: int, **kwargs: Any
    ) -> AsyncIterator[list["StreamHarnessesHarnessProjectionStream"]]:
        from .stream_harnesses import StreamHarnesses

        variables: dict[str, object] = {"after": after, "batch_size": batch_size}
        async for data in self.execute_ws(
            query=STREAM_HARNESSES_GQL,
            operation_name="StreamHarnesses",
            variables=variables,
            **kwargs,
        ):
            yield StreamHarnesses.model_validate(data).harness_projection_stream

    async def stream_events(
        self, after: int, batch_size: int, **kwargs: Any
    ) -> AsyncIterator[list["StreamEventsPortalLiveEventsStream"]]:
        from .stream_events import StreamEvents

        variables: dict[str, object] = {"after": after, "batch_size": batch_size}
        async for data in self.execute_ws(
            query=STREAM_EVENTS_GQL,
            operation_name="StreamEvents",
            variables=variables,
            **kwargs,
        ):
            yield StreamEvents.model_validate(data).portal_live_events_stream

    async def organization(self, **kwargs: Any) -> list["OrganizationOrganization"]:
        from .organization import Organization

        variables: dict[str, object] = {}
        response = await self.execute(
            query=ORGANIZATION_GQL,
            operation_name="Organization",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Organization.model_validate(data).organization

    async def onboarding_status(
        self, **kwargs: Any
    ) -> list["OnboardingStatusOrganization"]:
        from .onboarding_status import OnboardingStatus

        variables: dict[str, object] = {}
        response = await self.execute(
            query=ONBOARDING_STATUS_GQL,
            operation_name="OnboardingStatus",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OnboardingStatus.model_validate(data).organization

    async def onboarding_progress(
        self, org_id: UUID, command_id: UUID, **kwargs: Any
    ) -> "OnboardingProgress":
        from .onboarding_progress import OnboardingProgress

        variables: dict[str, object] = {"org_id": org_id, "command_id": command_id}
        response = await self.execute(
            query=ONBOARDING_PROGRESS_GQL,
            operation_name="OnboardingProgress",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OnboardingProgress.model_validate(data)

    async def onboard_organization(
        self, input: "OnboardOrganizationInput", **kwargs: Any
    ) -> "OnboardOrganizationOnboardOrganization":
        from .onboard_organization import OnboardOrganization

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=ONBOARD_ORGANIZATION_GQL,
            operation_name="OnboardOrganization",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OnboardOrganization.model_validate(data).onboard_organization

    async def check_onboarding(
        self, input: "CheckOnboardingInput", **kwargs: Any
    ) -> "CheckOnboardingCheckOnboarding":
        from .check_onboarding import CheckOnboarding

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CHECK_ONBOARDING_GQL,
            operation_name="CheckOnboarding",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckOnboarding.model_validate(data).check_onboarding

    async def add_member(
        self, input: "AddMemberInput", **kwargs: Any
    ) -> "AddMemberAddMember":
        from .add_member import AddMember

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=ADD_MEMBER_GQL,
            operation_name="AddMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return AddMember.model_validate(data).add_member

    async def change_member(
        self, input: "ChangeMemberInput", **kwargs: Any
    ) -> "ChangeMemberChangeMember":
        from .change_member import ChangeMember

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CHANGE_MEMBER_GQL,
            operation_name="ChangeMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ChangeMember.model_validate(data).change_member

    async def remove_member(
        self, input: "RemoveMemberInput", **kwargs: Any
    ) -> "RemoveMemberRemoveMember":
        from .remove_member import RemoveMember

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REMOVE_MEMBER_GQL,
            operation_name="RemoveMember",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RemoveMember.model_validate(data).remove_member

    async def declare_endpoint(
        self, input: "DeclareEndpointInput", **kwargs: Any
    ) -> "DeclareEndpointDeclareEndpoint":
        from .declare_endpoint import DeclareEndpoint

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=DECLARE_ENDPOINT_GQL,
            operation_name="DeclareEndpoint",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DeclareEndpoint.model_validate(data).declare_endpoint

    async def declare_secret_contract(
        self, input: "DeclareSecretContractInput", **kwargs: Any
    ) -> "DeclareSecretContractDeclareSecretContract":
        from .declare_secret_contract import DeclareSecretContract

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=DECLARE_SECRET_CONTRACT_GQL,
            operation_name="DeclareSecretContract",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DeclareSecretContract.model_validate(data).declare_secret_contract

    async def declare_runtime_asset(
        self, input: "DeclareRuntimeAssetInput", **kwargs: Any
    ) -> "DeclareRuntimeAssetDeclareRuntimeAsset":
        from .declare_runtime_asset import DeclareRuntimeAsset

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=DECLARE_RUNTIME_ASSET_GQL,
            operation_name="DeclareRuntimeAsset",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return DeclareRuntimeAsset.model_validate(data).declare_runtime_asset

    async def members(self, limit: int, **kwargs: Any) -> list["MembersMembership"]:
        from .members import Members

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=MEMBERS_GQL, operation_name="Members", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Members.model_validate(data).membership

    async def check_projection(
        self, input: "CheckProjectionInput", **kwargs: Any
    ) -> "CheckProjectionCheckProjection":
        from .check_projection import CheckProjection

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CHECK_PROJECTION_GQL,
            operation_name="CheckProjection",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CheckProjection.model_validate(data).check_projection

    async def repair_projection(
        self, input: "RepairProjectionInput", **kwargs: Any
    ) -> "RepairProjectionRepairProjection":
        from .repair_projection import RepairProjection

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REPAIR_PROJECTION_GQL,
            operation_name="RepairProjection",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RepairProjection.model_validate(data).repair_projection

    async def proofs(self, limit: int, **kwargs: Any) -> list["ProofsProof"]:
        from .proofs import Proofs

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=PROOFS_GQL, operation_name="Proofs", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Proofs.model_validate(data).proof

    async def proof(self, id: UUID, **kwargs: Any) -> list["ProofProof"]:
        from .proof import Proof

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=PROOF_GQL, operation_name="Proof", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Proof.model_validate(data).proof

    async def proof_ids(self, limit: int, **kwargs: Any) -> list["ProofIdsProof"]:
        from .proof_ids import ProofIds

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=PROOF_IDS_GQL,
            operation_name="ProofIds",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProofIds.model_validate(data).proof

    async def verify_proof(
        self, input: "VerifyProofInput", **kwargs: Any
    ) -> "VerifyProofVerifyProof":
        from .verify_proof import VerifyProof

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=VERIFY_PROOF_GQL,
            operation_name="VerifyProof",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return VerifyProof.model_validate(data).verify_proof

    async def log_consistency(
        self, input: "LogConsistencyInput", **kwargs: Any
    ) -> "LogConsistencyLogConsistency":
        from .log_consistency import LogConsistency

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=LOG_CONSISTENCY_GQL,
            operation_name="LogConsistency",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return LogConsistency.model_validate(data).log_consistency

    async def log_head(self, **kwargs: Any) -> list["LogHeadProofCheckpoint"]:
        from .log_head import LogHead

        variables: dict[str, object] = {}
        response = await self.execute(
            query=LOG_HEAD_GQL, operation_name="LogHead", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return LogHead.model_validate(data).proof_checkpoint

    async def proposals(self, limit: int, **kwargs: Any) -> list["ProposalsProposal"]:
        from .proposals import Proposals

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=PROPOSALS_GQL,
            operation_name="Proposals",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return Proposals.model_validate(data).proposal

    async def proposals_in_state(
        self, state: str, limit: int, **kwargs: Any
    ) -> list["ProposalsInStateProposal"]:
        from .proposals_in_state import ProposalsInState

        variables: dict[str, object] = {"state": state, "limit": limit}
        response = await self.execute(
            query=PROPOSALS_IN_STATE_GQL,
            operation_name="ProposalsInState",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProposalsInState.model_validate(data).proposal

    async def proposal(self, id: UUID, **kwargs: Any) -> list["ProposalProposal"]:
        from .proposal import Proposal

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=PROPOSAL_GQL, operation_name="Proposal", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Proposal.model_validate(data).proposal

    async def proposal_ids(
        self, limit: int, **kwargs: Any
    ) -> list["ProposalIdsProposal"]:
        from .proposal_ids import ProposalIds

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=PROPOSAL_IDS_GQL,
            operation_name="ProposalIds",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ProposalIds.model_validate(data).proposal

    async def approve_proposal(
        self, input: "ApproveProposalInput", **kwargs: Any
    ) -> "ApproveProposalApproveProposal":
        from .approve_proposal import ApproveProposal

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=APPROVE_PROPOSAL_GQL,
            operation_name="ApproveProposal",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ApproveProposal.model_validate(data).approve_proposal

    async def reject_proposal(
        self, input: "RejectProposalInput", **kwargs: Any
    ) -> "RejectProposalRejectProposal":
        from .reject_proposal import RejectProposal

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REJECT_PROPOSAL_GQL,
            operation_name="RejectProposal",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RejectProposal.model_validate(data).reject_proposal

    async def withdraw_proposal(
        self, input: "WithdrawProposalInput", **kwargs: Any
    ) -> "WithdrawProposalWithdrawProposal":
        from .withdraw_proposal import WithdrawProposal

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=WITHDRAW_PROPOSAL_GQL,
            operation_name="WithdrawProposal",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return WithdrawProposal.model_validate(data).withdraw_proposal

    async def recovery_cases(
        self, limit: int, **kwargs: Any
    ) -> list["RecoveryCasesRecoveryCase"]:
        from .recovery_cases import RecoveryCases

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=RECOVERY_CASES_GQL,
            operation_name="RecoveryCases",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RecoveryCases.model_validate(data).recovery_case

    async def recovery_cases_in_state(
        self, state: str, limit: int, **kwargs: Any
    ) -> list["RecoveryCasesInStateRecoveryCase"]:
        from .recovery_cases_in_state import RecoveryCasesInState

        variables: dict[str, object] = {"state": state, "limit": limit}
        response = await self.execute(
            query=RECOVERY_CASES_IN_STATE_GQL,
            operation_name="RecoveryCasesInState",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RecoveryCasesInState.model_validate(data).recovery_case

    async def recovery_case(
        self, id: UUID, **kwargs: Any
    ) -> list["RecoveryCaseRecoveryCase"]:
        from .recovery_case import RecoveryCase

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=RECOVERY_CASE_GQL,
            operation_name="RecoveryCase",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RecoveryCase.model_validate(data).recovery_case

    async def recovery_case_ids(
        self, limit: int, **kwargs: Any
    ) -> list["RecoveryCaseIdsRecoveryCase"]:
        from .recovery_case_ids import RecoveryCaseIds

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=RECOVERY_CASE_IDS_GQL,
            operation_name="RecoveryCaseIds",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RecoveryCaseIds.model_validate(data).recovery_case

    async def resolve_recovery_case(
        self, input: "ResolveRecoveryCaseInput", **kwargs: Any
    ) -> "ResolveRecoveryCaseResolveRecoveryCase":
        from .resolve_recovery_case import ResolveRecoveryCase

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=RESOLVE_RECOVERY_CASE_GQL,
            operation_name="ResolveRecoveryCase",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ResolveRecoveryCase.model_validate(data).resolve_recovery_case

    async def runtime_assets(
        self, limit: int, **kwargs: Any
    ) -> list["RuntimeAssetsRuntimeAsset"]:
        from .runtime_assets import RuntimeAssets

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=RUNTIME_ASSETS_GQL,
            operation_name="RuntimeAssets",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RuntimeAssets.model_validate(data).runtime_asset

    async def runtime_asset(
        self, id: UUID, **kwargs: Any
    ) -> list["RuntimeAssetRuntimeAsset"]:
        from .runtime_asset import RuntimeAsset

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=RUNTIME_ASSET_GQL,
            operation_name="RuntimeAsset",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RuntimeAsset.model_validate(data).runtime_asset

    async def runtime_asset_names(
        self, limit: int, **kwargs: Any
    ) -> list["RuntimeAssetNamesRuntimeAsset"]:
        from .runtime_asset_names import RuntimeAssetNames

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=RUNTIME_ASSET_NAMES_GQL,
            operation_name="RuntimeAssetNames",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RuntimeAssetNames.model_validate(data).runtime_asset

    async def revise_runtime_asset(
        self, input: "ReviseRuntimeAssetInput", **kwargs: Any
    ) -> "ReviseRuntimeAssetReviseRuntimeAsset":
        from .revise_runtime_asset import ReviseRuntimeAsset

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REVISE_RUNTIME_ASSET_GQL,
            operation_name="ReviseRuntimeAsset",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReviseRuntimeAsset.model_validate(data).revise_runtime_asset

    async def retire_runtime_asset(
        self, input: "RetireRuntimeAssetInput", **kwargs: Any
    ) -> "RetireRuntimeAssetRetireRuntimeAsset":
        from .retire_runtime_asset import RetireRuntimeAsset

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=RETIRE_RUNTIME_ASSET_GQL,
            operation_name="RetireRuntimeAsset",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return RetireRuntimeAsset.model_validate(data).retire_runtime_asset

    async def secret_contracts(
        self, limit: int, **kwargs: Any
    ) -> list["SecretContractsSecretContract"]:
        from .secret_contracts import SecretContracts

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=SECRET_CONTRACTS_GQL,
            operation_name="SecretContracts",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SecretContracts.model_validate(data).secret_contract

    async def secret_contract(
        self, id: UUID, **kwargs: Any
    ) -> list["SecretContractSecretContract"]:
        from .secret_contract import SecretContract

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=SECRET_CONTRACT_GQL,
            operation_name="SecretContract",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SecretContract.model_validate(data).secret_contract

    async def secret_contract_names(
        self, limit: int, **kwargs: Any
    ) -> list["SecretContractNamesSecretContract"]:
        from .secret_contract_names import SecretContractNames

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=SECRET_CONTRACT_NAMES_GQL,
            operation_name="SecretContractNames",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SecretContractNames.model_validate(data).secret_contract

    async def revise_secret_contract(
        self, input: "ReviseSecretContractInput", **kwargs: Any
    ) -> "ReviseSecretContractReviseSecretContract":
        from .revise_secret_contract import ReviseSecretContract

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=REVISE_SECRET_CONTRACT_GQL,
            operation_name="ReviseSecretContract",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return ReviseSecretContract.model_validate(data).revise_secret_contract

    async def sealing_keys(
        self, limit: int, **kwargs: Any
    ) -> list["SealingKeysSealingKey"]:
        from .sealing_keys import SealingKeys

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=SEALING_KEYS_GQL,
            operation_name="SealingKeys",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SealingKeys.model_validate(data).sealing_key

    async def send_secret_value(
        self, input: "SendSecretValueInput", **kwargs: Any
    ) -> "SendSecretValueSendSecretValue":
        from .send_secret_value import SendSecretValue

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=SEND_SECRET_VALUE_GQL,
            operation_name="SendSecretValue",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return SendSecretValue.model_validate(data).send_secret_value

    async def work_items(self, limit: int, **kwargs: Any) -> list["WorkItemsWork"]:
        from .work_items import WorkItems

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=WORK_ITEMS_GQL,
            operation_name="WorkItems",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return WorkItems.model_validate(data).work

    async def work_item(self, id: UUID, **kwargs: Any) -> list["WorkItemWork"]:
        from .work_item import WorkItem

        variables: dict[str, object] = {"id": id}
        response = await self.execute(
            query=WORK_ITEM_GQL,
            operation_name="WorkItem",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return WorkItem.model_validate(data).work

    async def work_titles(self, limit: int, **kwargs: Any) -> list["WorkTitlesWork"]:
        from .work_titles import WorkTitles

        variables: dict[str, object] = {"limit": limit}
        response = await self.execute(
            query=WORK_TITLES_GQL,
            operation_name="WorkTitles",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return WorkTitles.model_validate(data).work

    async def create_work(
        self, input: "CreateWorkInput", **kwargs: Any
    ) -> "CreateWorkCreateWork":
        from .create_work import CreateWork

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CREATE_WORK_GQL,
            operation_name="CreateWork",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateWork.model_validate(data).create_work

    async def create_call(
        self, input: "CreateCallInput", **kwargs: Any
    ) -> "CreateCallCreateCall":
        from .create_call import CreateCall

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=CREATE_CALL_GQL,
            operation_name="CreateCall",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CreateCall.model_validate(data).create_call

    async def launch_work(
        self, input: "LaunchWorkInput", **kwargs: Any
    ) -> "LaunchWorkLaunchWork":
        from .launch_work import LaunchWork

        variables: dict[str, object] = {"input": input}
        response = await self.execute(
            query=LAUNCH_WORK_GQL,
            operation_name="LaunchWork",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return LaunchWork.model_validate(data).launch_work
